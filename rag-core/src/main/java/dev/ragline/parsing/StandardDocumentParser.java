package dev.ragline.parsing;

import dev.ragline.document.MediaType;
import java.util.Collections;

/** Reads Markdown and plain text, both in UTF-8. Holds no state. */
public final class StandardDocumentParser implements DocumentParser {
  @Override
  public ParsedDocument parse(byte[] content, MediaType mediaType) {
    SourceText source = SourceText.decode(content);
    String text = source.text();
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw ContentScan.nul(source.bytes(0, nul).end());
    }
    if (Blanks.isBlank(text, new TextSpan(0, text.length()))) {
      throw ContentScan.blank();
    }
    return switch (mediaType) {
      case MARKDOWN -> MarkdownParser.parse(source);
      case PLAIN_TEXT -> PlainTextParser.parse(source);
    };
  }

  @Override
  public ParsedWindow parse(SourceText part, MediaType mediaType, Outline above) {
    return switch (mediaType) {
      case MARKDOWN -> MarkdownParser.parse(part, above);
      case PLAIN_TEXT -> {
        ParsedDocument document = PlainTextParser.parse(part);
        yield new ParsedWindow(
            document, Collections.nCopies(document.blocks().size(), above), above);
      }
    };
  }
}
