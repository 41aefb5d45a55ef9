package dev.ragline.answering.extractive;

import dev.ragline.answering.Words;
import dev.ragline.document.Chunk;
import dev.ragline.document.Language;
import dev.ragline.document.reading.Reading;
import dev.ragline.document.reading.ReadingUnit;
import dev.ragline.document.reading.TextSpan;
import dev.ragline.parsing.Sentences;
import dev.ragline.retrieval.Passage;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a passage's sentences, chunk by chunk, with the heading that each stands under. A chunk may
 * have lost the marks of its own heading, so a first line that does not end like a sentence is
 * taken for one, and so is a question that stands alone, as in lists of questions and answers.
 */
final class Outline {
  /** A sentence of fewer words, such as "Yes.", is quoted together with the one after it. */
  private static final int SHORTEST = 3;

  private static final int LONGEST_TITLE = 16;

  /** Chars of a sentence; an answer is not to be longer than a message can be. */
  private static final int LONGEST_QUOTE = 8192;

  private static final String SENTENCE_ENDS = ".!:;,…。！：；，";

  private final Reading reading;
  private final int passage;
  private final Language language;
  private final int chunk;
  private final List<Sentence> sentences = new ArrayList<>();
  private Section section;

  private Outline(int passage, Passage of, Chunk chunk) {
    this.passage = passage;
    this.language = of.document().language();
    this.chunk = chunk.id().ordinal();
    this.reading = of.reading(chunk);
    List<String> path = chunk.headingPath();
    String heading = path.isEmpty() ? "" : path.getLast();
    this.section = Section.of(passage, this.chunk, language, heading, null);
  }

  /** The sentences of the passage with this index, in order. */
  static List<Sentence> of(int passage, Passage of) {
    return of.chunks().stream().flatMap(chunk -> of(passage, of, chunk).stream()).toList();
  }

  private static List<Sentence> of(int passage, Passage of, Chunk chunk) {
    Outline outline = new Outline(passage, of, chunk);
    List<ReadingUnit> units = outline.reading.units();
    for (int i = 0; i < units.size(); i++) {
      boolean last = i + 1 == units.size();
      outline.add(units.get(i), i == 0, last);
    }
    return List.copyOf(outline.sentences);
  }

  private void add(ReadingUnit unit, boolean first, boolean last) {
    String shown = unit.span().of(reading.text());
    if (unit.kind() == ReadingUnit.Kind.HEADING
        || (!last && isOneLine(unit) && isTitle(shown, first))) {
      section = Section.of(passage, chunk, language, shown, unit.span());
    } else if (unit.kind() != ReadingUnit.Kind.CODE) {
      addSentences(unit);
    }
  }

  /** Code holds no sentences. */
  private void addSentences(ReadingUnit unit) {
    List<TextSpan> spans = Sentences.in(reading, unit);
    int start = -1;
    for (int i = 0; i < spans.size(); i++) {
      TextSpan span = spans.get(i);
      start = start < 0 ? span.start() : start;
      int words = Words.all(reading.text().substring(start, span.end())).size();
      if (words >= SHORTEST || (words > 0 && i + 1 == spans.size())) {
        TextSpan quote = new TextSpan(start, within(start, span.end()));
        sentences.add(Sentence.of(section, chunk, quote, quote.of(reading.text())));
        start = -1;
      }
    }
  }

  /** What has no full stops is one sentence, however long it is: its beginning is quoted. */
  private int within(int start, int end) {
    if (end - start <= LONGEST_QUOTE) {
      return end;
    }
    int cut = start + LONGEST_QUOTE;
    return Character.isLowSurrogate(reading.text().charAt(cut)) ? cut - 1 : cut;
  }

  private boolean isOneLine(ReadingUnit unit) {
    return !unit.isRow() && !reading.sourceSpan(unit.span()).of(reading.source()).contains("\n");
  }

  private static boolean isTitle(String shown, boolean first) {
    if (shown.endsWith("?") || shown.endsWith("？") || shown.endsWith("؟")) {
      return true;
    }
    boolean ends = !shown.isEmpty() && SENTENCE_ENDS.indexOf(shown.charAt(shown.length() - 1)) >= 0;
    return first && !ends && Words.all(shown).size() <= LONGEST_TITLE;
  }
}
