package dev.ragline.parsing;

import dev.ragline.document.MediaType;
import dev.ragline.document.RagException;

/** Reads Markdown and plain text, both in UTF-8. Holds no state. */
public final class StandardDocumentParser implements DocumentParser {
  @Override
  public ParsedDocument parse(byte[] content, MediaType mediaType) {
    SourceText source = SourceText.decode(content);
    String text = source.text();
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw RagException.invalid(
          "content", "not a text: byte " + source.bytes(0, nul).end() + " is NUL");
    }
    return switch (mediaType) {
      case MARKDOWN -> MarkdownParser.parse(source);
      case PLAIN_TEXT -> PlainTextParser.parse(source);
    };
  }
}
