package dev.ragline.answering.grounded;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ragline.document.reading.TextSpan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts among the values of a JSON document: pure functions. */
final class JsonTexts {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonTexts() {}

  /**
   * A text.
   *
   * @param span chars of the document, without the quotation marks
   * @param value what it says, without escapes
   */
  record Text(TextSpan span, String value) {}

  /** The texts, in order; null where it is no JSON. */
  static @Nullable List<Text> in(String document) {
    List<Text> texts = new ArrayList<>();
    boolean any = false;
    try (JsonParser parser = JSON.createParser(document)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        any = true;
        if (token == JsonToken.VALUE_STRING) {
          String value = parser.getText(); // also moves to its end
          int start = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
          int end = Math.toIntExact(parser.currentLocation().getCharOffset());
          texts.add(new Text(new TextSpan(start + 1, end - 1), value));
        }
      }
    } catch (IOException e) {
      return null;
    }
    return any ? texts : null;
  }
}
