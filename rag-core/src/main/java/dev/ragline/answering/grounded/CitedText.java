package dev.ragline.answering.grounded;

import dev.ragline.answering.AnswerWriter;
import dev.ragline.answering.QuotablePassage;
import dev.ragline.answering.QuotablePassage.Quote;
import dev.ragline.answering.Words;
import dev.ragline.document.ByteRange;
import dev.ragline.document.reading.TextSpan;
import dev.ragline.parsing.Sentences;
import dev.ragline.retrieval.Passage;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends an answer's text to its draft and makes citations of its marks. A mark cites the claim
 * before it: what was written since the mark before, from the last sentence's start there. An
 * answer without any mark has its sentences aligned with the passages at the end.
 */
final class CitedText implements CitationMarks.Sink {
  /** Of a sentence without a mark, the share of words that must stand in a quote to cite it. */
  private static final double ALIGNED = 0.5;

  /** A sentence of fewer words says too little to be aligned. */
  private static final int ALIGNED_WORDS = 2;

  private final List<QuotablePassage> passages;
  private final AnswerWriter.Draft draft;
  private final Set<Integer> leading = new LinkedHashSet<>();
  private final Set<Integer> unknown = new HashSet<>();
  private final Map<Claim, Set<Integer>> cited = new HashMap<>();

  /** Chars and bytes of the answer up to the last mark. */
  private int markedChars;

  private long markedBytes;
  private @Nullable Claim last;

  /** A claim and where it stands in the answer, in bytes. */
  private record Claim(ByteRange range, String text) {}

  CitedText(List<Passage> passages, AnswerWriter.Draft draft) {
    this.passages = passages.stream().map(QuotablePassage::new).toList();
    this.draft = draft;
  }

  @Override
  public void text(String piece) {
    draft.text(piece);
  }

  @Override
  public void mark(List<Integer> numbers) {
    String sinceLastMark = draft.text(markedChars);
    List<Claim> sentences = sentences(sinceLastMark, markedBytes);
    if (!sentences.isEmpty()) {
      last = sentences.getLast();
    }
    markedBytes = draft.length();
    markedChars += sinceLastMark.length();
    for (int number : numbers) {
      if (number < 1 || number > passages.size()) {
        warnUnknown(number);
      } else if (last == null) {
        leading.add(number);
      } else {
        cite(last, number);
      }
    }
  }

  /**
   * Ends the answer: marks before any text cite its first sentence; without marks it is aligned.
   */
  void finish() {
    List<Claim> sentences = sentences(draft.text(), 0);
    if (!leading.isEmpty() && !sentences.isEmpty()) {
      leading.forEach(number -> cite(sentences.getFirst(), number));
    } else if (cited.isEmpty()) {
      sentences.forEach(this::align);
    }
  }

  /**
   * Ends an answer in JSON: each of its texts that says enough is aligned with the passages.
   *
   * @return whether it is JSON
   */
  boolean finishJson() {
    String answer = draft.text();
    List<JsonTexts.Text> texts = JsonTexts.in(answer);
    if (texts == null) {
      return false;
    }
    for (JsonTexts.Text text : texts) {
      long start = utf8Length(answer.substring(0, text.span().start()));
      long length = utf8Length(text.span().of(answer));
      align(new Claim(new ByteRange(start, start + length), text.value()));
    }
    return true;
  }

  /** Whether any text was written that a reader would see. */
  boolean isBlank() {
    return draft.text().isBlank();
  }

  /** The sentences of a part of the answer that hold words. */
  private static List<Claim> sentences(String part, long partStart) {
    return Sentences.in(part).stream()
        .map(span -> trimmed(span, part))
        .filter(span -> span.length() > 0 && !Words.all(span.of(part)).isEmpty())
        .map(span -> claim(span, part, partStart))
        .toList();
  }

  private static Claim claim(TextSpan span, String part, long partStart) {
    String text = span.of(part);
    long start = partStart + utf8Length(part.substring(0, span.start()));
    return new Claim(new ByteRange(start, start + utf8Length(text)), text);
  }

  private void cite(Claim claim, int number) {
    if (cited.computeIfAbsent(claim, any -> new HashSet<>()).add(number)) {
      QuotablePassage passage = passages.get(number - 1);
      draft.cite(passage.cite(claim.range(), passage.bestFor(Words.content(claim.text()))));
    }
  }

  private void align(Claim claim) {
    Set<String> words = Words.content(claim.text());
    if (words.size() < ALIGNED_WORDS) {
      return;
    }
    QuotablePassage source = passages.getFirst();
    Quote quote = source.bestFor(words);
    for (QuotablePassage passage : passages) {
      Quote other = passage.bestFor(words);
      if (other.support() > quote.support()) {
        source = passage;
        quote = other;
      }
    }
    if (quote.support() >= ALIGNED) {
      draft.cite(source.cite(claim.range(), quote));
    }
  }

  private void warnUnknown(int number) {
    if (unknown.add(number)) {
      draft.warn(
          "UNKNOWN_CITATION",
          "the model cited [%d], which is none of the %d passages"
              .formatted(number, passages.size()));
    }
  }

  /**
   * Cuts off what the mark of the claim before has left at the beginning, such as its full stop.
   */
  private static TextSpan trimmed(TextSpan span, String text) {
    int start = span.start();
    int end = span.end();
    while (start < end && !beginsClaim(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return new TextSpan(start, end);
  }

  private static boolean beginsClaim(char c) {
    return switch (Character.getType(c)) {
      case Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONTROL,
          Character.DASH_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION ->
          false;
      case Character.OTHER_PUNCTUATION -> c == '"' || c == '\'' || c == '&' || c == '@' || c == '¿';
      default -> true;
    };
  }

  private static long utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
