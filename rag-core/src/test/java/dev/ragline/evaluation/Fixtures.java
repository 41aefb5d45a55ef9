package dev.ragline.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** What other libraries computed; each file says which and how. */
final class Fixtures {
  private Fixtures() {}

  static JsonNode read(String name) {
    try (InputStream file = Fixtures.class.getResourceAsStream("/evaluation/" + name)) {
      return new ObjectMapper().readTree(Objects.requireNonNull(file, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only chunk of a document. */
  static Chunk chunk(String document) {
    return new Chunk(
        new ChunkId(new DocumentId(document), 0),
        Sha256.of(document),
        document,
        new ByteRange(0, document.length()),
        List.of());
  }
}
