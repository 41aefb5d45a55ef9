package dev.ragline.document;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A field that documents of a corpus may have.
 *
 * @param name 1 to 63 of {@code A-Z a-z 0-9 _}, not beginning with a digit, and no word that CEL
 *     keeps for itself
 */
public record MetadataField(String name, MetadataType type) {
  private static final Pattern VALID = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  /** Reserved by CEL's grammar. */
  private static final Set<String> RESERVED =
      Set.of(
          "as",
          "break",
          "const",
          "continue",
          "else",
          "false",
          "for",
          "function",
          "if",
          "import",
          "in",
          "let",
          "loop",
          "namespace",
          "null",
          "package",
          "return",
          "true",
          "var",
          "void",
          "while");

  public MetadataField {
    if (!VALID.matcher(name).matches()) {
      throw RagException.invalid(
          "metadata_schema",
          "a field's name is 1 to 63 of A-Z a-z 0-9 _ and does not begin with a digit");
    }
    if (RESERVED.contains(name)) {
      throw RagException.invalid(
          "metadata_schema", "filters could not name a field '" + name + "'; take another name");
    }
  }
}
