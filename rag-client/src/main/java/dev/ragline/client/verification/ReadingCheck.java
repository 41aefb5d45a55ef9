package dev.ragline.client.verification;

import com.google.protobuf.ByteString;
import dev.ragline.client.verification.Finding.Kind;
import dev.ragline.v1.Answer;
import dev.ragline.v1.ByteRange;
import dev.ragline.v1.Citation;
import dev.ragline.v1.SourceChange;
import java.util.regex.Pattern;

/**
 * Checks that a claim that is a quote is what a reader sees of the quote's bytes: those bytes with
 * the changes that the citation tells, each of which must be one that a reading can make. What
 * stands in plain text is seen as it stands; of Markdown, marks are left out or replaced, and words
 * only together with a mark that explains it, such as a link's target with its brackets.
 */
final class ReadingCheck {
  private static final String PLAIN_TEXT = "text/plain";

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]");

  /** What begins or ends something that a reader does not see. */
  private static final Pattern MARK = Pattern.compile("[\\p{P}\\p{S}]");

  private final Answer answer;
  private final Citation citation;
  private final ByteString content;

  /**
   * @param content the revision's bytes, which hold the citation's range
   */
  ReadingCheck(Answer answer, Citation citation, ByteString content) {
    this.answer = answer;
    this.citation = citation;
    this.content = content;
  }

  void run(Findings findings, String place) {
    ByteString read = ByteString.EMPTY;
    ByteRange quote = citation.getSourceRange();
    long done = quote.getStart();
    for (int i = 0; i < citation.getChangesCount(); i++) {
      SourceChange change = citation.getChanges(i);
      String where = place + ".changes[" + i + "]";
      ByteRange range = change.getSourceRange();
      boolean within =
          done <= range.getStart()
              && range.getStart() <= range.getEnd()
              && range.getEnd() <= quote.getEnd();
      if (!findings.require(
          within,
          Kind.READING_DIFFERS,
          where,
          Utf8.describe(range) + " do not follow the change before within the quote")) {
        return;
      }
      ByteString changed = content.substring((int) range.getStart(), (int) range.getEnd());
      findings.require(
          isReading(changed.toStringUtf8(), change.getShown()),
          Kind.READING_DIFFERS,
          where,
          "a reader sees \"" + changed.toStringUtf8() + "\" as it stands");
      read =
          read.concat(content.substring((int) done, (int) range.getStart()))
              .concat(change.getShownBytes());
      done = range.getEnd();
    }
    read = read.concat(content.substring((int) done, (int) quote.getEnd()));
    ByteRange claim = citation.getAnswerRange();
    if (Utf8.holds(answer.getTextBytes(), claim)) {
      findings.require(
          read.equals(Utf8.cut(answer.getTextBytes(), claim)),
          Kind.READING_DIFFERS,
          place,
          "the claim is not what a reader sees of the quote, which is: " + read.toStringUtf8());
    }
  }

  private boolean isReading(String source, String shown) {
    if (isPlainText()) {
      return false;
    }
    boolean drops = !WORD.matcher(source).find() || MARK.matcher(source).find();
    boolean adds =
        !WORD.matcher(shown).find() || source.contains("&") || source.contains(shown.strip());
    return drops && adds;
  }

  private boolean isPlainText() {
    int rank = citation.getPassageRank();
    return rank >= 1
        && rank <= answer.getPassagesCount()
        && answer.getPassages(rank - 1).getDocument().getMediaType().equals(PLAIN_TEXT);
  }
}
