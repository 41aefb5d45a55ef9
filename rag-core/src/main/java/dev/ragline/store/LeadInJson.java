package dev.ragline.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ragline.document.ByteRange;
import dev.ragline.document.LeadIn;
import dev.ragline.document.RagException;
import java.io.IOException;
import java.util.Optional;

/** A lead-in as every store keeps it to read it back, in JSON. */
public final class LeadInJson {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final String KIND = "kind";
  private static final String CHUNK = "chunk";
  private static final String START = "start";
  private static final String END = "end";
  private static final String TEXT = "text";

  private LeadInJson() {}

  /** A lead-in as JSON. */
  public static String write(LeadIn leadIn) {
    ObjectNode json = JSON.createObjectNode();
    json.put(KIND, leadIn.kind().name());
    json.put(CHUNK, leadIn.chunk());
    json.put(START, leadIn.range().start());
    json.put(END, leadIn.range().end());
    json.put(TEXT, leadIn.text());
    return json.toString();
  }

  /**
   * Reads a lead-in; none where it is of a kind that only later versions know.
   *
   * @throws IOException when it is not what {@link #write} makes
   */
  public static Optional<LeadIn> read(String json) throws IOException {
    JsonNode fields = JSON.readTree(json);
    for (LeadIn.Kind kind : LeadIn.Kind.values()) {
      if (kind.name().equals(fields.path(KIND).asText())) {
        return Optional.of(read(kind, fields));
      }
    }
    return Optional.empty();
  }

  private static LeadIn read(LeadIn.Kind kind, JsonNode fields) throws IOException {
    JsonNode chunk = fields.path(CHUNK);
    JsonNode text = fields.path(TEXT);
    if (!chunk.isInt() || !text.isTextual()) {
      throw new IOException("a lead-in is broken");
    }
    try {
      ByteRange range = new ByteRange(fields.path(START).asLong(), fields.path(END).asLong());
      return new LeadIn(kind, chunk.intValue(), range, text.textValue());
    } catch (RagException e) {
      throw new IOException("a lead-in is broken", e);
    }
  }
}
