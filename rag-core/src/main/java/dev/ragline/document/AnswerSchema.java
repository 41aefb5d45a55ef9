package dev.ragline.document;

import java.util.regex.Pattern;

/**
 * The JSON that an answer is to be.
 *
 * @param json the JSON Schema, an object; at most 64 KiB in chars
 * @param name what the model knows it by
 * @param strict whether the endpoint is asked to hold the model to it exactly
 */
public record AnswerSchema(String json, String name, boolean strict) {
  private static final int MOST_CHARS = 64 << 10;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /**
   * @throws RagException INVALID_ARGUMENT for the field {@code response_schema}
   */
  public AnswerSchema {
    if (json.isBlank() || json.length() > MOST_CHARS) {
      throw RagException.invalid(
          "response_schema.schema", "must be 1 to " + MOST_CHARS + " characters");
    }
    if (!NAME.matcher(name).matches()) {
      throw RagException.invalid(
          "response_schema.name", "must be 1 to 64 of A-Z a-z 0-9 _ - and not '" + name + "'");
    }
  }
}
