package dev.ragline.parsing;

import dev.ragline.document.reading.Reading;
import dev.ragline.document.reading.ReadingUnit;
import dev.ragline.document.reading.TextSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the sentences of a reading. A heading, a table's row and a block of code are each one
 * sentence; no sentence crosses from one unit into the next.
 */
public final class Sentences {
  private Sentences() {}

  /** The sentences in order, as chars of the reading's text, without white space at their ends. */
  public static List<TextSpan> in(Reading reading) {
    return in(reading, SentenceRules.CURRENT);
  }

  /** The same by some rules. */
  public static List<TextSpan> in(Reading reading, SentenceRules rules) {
    List<TextSpan> sentences = new ArrayList<>();
    for (ReadingUnit unit : reading.units()) {
      sentences.addAll(in(reading, unit, rules));
    }
    return sentences;
  }

  /** The sentences of one unit. */
  public static List<TextSpan> in(Reading reading, ReadingUnit unit) {
    return in(reading, unit, SentenceRules.CURRENT);
  }

  private static List<TextSpan> in(Reading reading, ReadingUnit unit, SentenceRules rules) {
    return switch (unit.kind()) {
      case HEADING, TABLE_HEADER, TABLE_ROW, CODE -> whole(reading.text(), unit.span());
      case PARAGRAPH, LIST_ITEM -> split(reading.text(), unit.span(), rules);
    };
  }

  private static List<TextSpan> whole(String text, TextSpan span) {
    TextSpan visible = Blanks.trim(text, span);
    return visible.length() == 0 ? List.of() : List.of(visible);
  }

  private static List<TextSpan> split(String text, TextSpan span, SentenceRules rules) {
    int origin = span.start();
    return SentenceEnds.split(span.of(text), rules).stream()
        .map(sentence -> new TextSpan(origin + sentence.start(), origin + sentence.end()))
        .toList();
  }

  /** The sentences of a Markdown text, as chars of the text itself. */
  public static List<TextSpan> in(String markdown) {
    Reading reading = Readings.markdown(markdown);
    return in(reading).stream().map(reading::sourceSpan).toList();
  }

  /** The sentences of a reading as their readers see them. */
  public static List<String> texts(Reading reading) {
    return in(reading).stream().map(span -> span.of(reading.text())).toList();
  }
}
