package dev.ragline.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.Language;
import dev.ragline.document.MediaType;
import dev.ragline.document.Sha256;
import dev.ragline.retrieval.Passage;
import dev.ragline.retrieval.Scores;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
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

  /** The only passage of a document. */
  static Passage passage(String document) {
    DocumentId id = new DocumentId(document);
    Sha256 revision = Sha256.of(document);
    ByteRange range = new ByteRange(0, document.length());
    Chunk chunk = new Chunk(new ChunkId(id, 0), revision, document, range, List.of());
    return new Passage(
        1,
        chunk,
        new Document(
            id,
            document,
            "",
            MediaType.PLAIN_TEXT,
            Language.ENGLISH,
            range.end(),
            revision,
            1,
            Instant.EPOCH,
            "e"),
        new Scores(null, null, null, 1));
  }
}
