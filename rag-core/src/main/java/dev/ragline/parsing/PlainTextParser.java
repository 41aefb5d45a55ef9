package dev.ragline.parsing;

import dev.ragline.document.reading.Reading;
import dev.ragline.document.reading.ReadingUnit;
import dev.ragline.document.reading.TextSpan;
import java.util.ArrayList;
import java.util.List;

/** Text without markup: paragraphs, set apart by blank lines. */
final class PlainTextParser {
  private PlainTextParser() {}

  static ParsedDocument parse(SourceText source) {
    List<Block> blocks =
        paragraphs(source.text()).stream()
            .map(span -> new Block(Block.Kind.PARAGRAPH, span, List.of()))
            .toList();
    return new ParsedDocument(source, null, blocks, read(source.text()));
  }

  /** Nothing of it is interpreted. */
  static Reading read(String text) {
    List<ReadingUnit> units =
        paragraphs(text).stream()
            .map(span -> new ReadingUnit(ReadingUnit.Kind.PARAGRAPH, span, 0, List.of()))
            .toList();
    return Reading.verbatim(text, units);
  }

  private static List<TextSpan> paragraphs(String text) {
    List<TextSpan> paragraphs = new ArrayList<>();
    int paragraph = 0;
    int end = 0;
    for (TextSpan line : Lines.of(text, new TextSpan(0, text.length()))) {
      if (Blanks.isBlank(text, line)) {
        add(paragraphs, text, new TextSpan(paragraph, end));
        paragraph = line.end();
      }
      end = line.end();
    }
    add(paragraphs, text, new TextSpan(paragraph, end));
    return paragraphs;
  }

  private static void add(List<TextSpan> paragraphs, String text, TextSpan paragraph) {
    TextSpan span = Blanks.trim(text, paragraph);
    if (span.length() > 0) {
      paragraphs.add(span);
    }
  }
}
