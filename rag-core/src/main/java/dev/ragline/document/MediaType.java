package dev.ragline.document;

import java.util.Locale;

/** The kinds of content that can be parsed. */
public enum MediaType {
  MARKDOWN("text/markdown"),
  PLAIN_TEXT("text/plain");

  private final String value;

  MediaType(String value) {
    this.value = value;
  }

  /** The IANA name. */
  public String value() {
    return value;
  }

  /**
   * Reads an IANA name; parameters such as {@code ; charset=utf-8} are passed over. An empty name
   * is decided by the ending of {@code documentName}.
   *
   * @throws RagException INVALID_ARGUMENT for a type that cannot be parsed
   */
  public static MediaType parse(String name, String documentName) {
    String essence = name.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return switch (essence) {
      case "text/markdown", "text/x-markdown" -> MARKDOWN;
      case "text/plain" -> PLAIN_TEXT;
      case "" -> byEnding(documentName);
      default ->
          throw RagException.invalid(
              "media_type", "'" + name + "' is not one of text/markdown, text/plain");
    };
  }

  private static MediaType byEnding(String documentName) {
    String lower = documentName.toLowerCase(Locale.ROOT);
    return lower.endsWith(".md") || lower.endsWith(".markdown") ? MARKDOWN : PLAIN_TEXT;
  }
}
