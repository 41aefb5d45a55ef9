package dev.ragline.parsing;

import java.util.ArrayList;
import java.util.List;

/** Text without markup: paragraphs, set apart by blank lines. */
final class PlainTextParser {
  private PlainTextParser() {}

  static ParsedDocument parse(SourceText source) {
    String text = source.text();
    List<Block> blocks = new ArrayList<>();
    int paragraph = 0;
    int end = 0;
    for (TextSpan line : Lines.of(text, new TextSpan(0, text.length()))) {
      if (Blanks.isBlank(text, line)) {
        add(blocks, text, new TextSpan(paragraph, end));
        paragraph = line.end();
      }
      end = line.end();
    }
    add(blocks, text, new TextSpan(paragraph, end));
    return new ParsedDocument(source, null, blocks);
  }

  private static void add(List<Block> blocks, String text, TextSpan paragraph) {
    TextSpan span = Blanks.trim(text, paragraph);
    if (span.length() > 0) {
      blocks.add(new Block(Block.Kind.PARAGRAPH, span, List.of()));
    }
  }
}
