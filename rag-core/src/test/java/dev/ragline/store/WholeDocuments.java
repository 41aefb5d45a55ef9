package dev.ragline.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.Sha256;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks that a snapshot shows documents of {@link Revisions} whole and nothing else. */
public final class WholeDocuments {
  private WholeDocuments() {}

  /**
   * Reads all that a snapshot shows and checks that it fits together.
   *
   * @return the content of each document
   */
  public static Map<DocumentId, String> read(CorpusSnapshot snapshot) {
    Map<DocumentId, String> contents = new TreeMap<>();
    long chunks = 0;
    for (Document document : snapshot.documents(null, Integer.MAX_VALUE)) {
      contents.put(document.id(), read(snapshot, document));
      chunks += document.chunkCount();
    }
    assertThat(snapshot.stats()).isEqualTo(new CorpusStats(contents.size(), chunks));
    return contents;
  }

  private static String read(CorpusSnapshot snapshot, Document document) {
    DocumentId id = document.id();
    assertThat(snapshot.document(id)).contains(document);
    byte[] content = Revisions.content(snapshot, id, new ByteRange(0, document.size()));
    assertThat(Sha256.of(content)).isEqualTo(document.revision());
    List<Chunk> chunks = snapshot.chunks(id, 0, Integer.MAX_VALUE);
    assertThat(chunks).hasSize(document.chunkCount());
    List<EmbeddedChunk> embedded = snapshot.embeddedChunks(id);
    assertThat(embedded).extracting(EmbeddedChunk::chunk).isEqualTo(chunks);
    List<ChunkVectors> vectors = snapshot.vectors(chunks.stream().map(Chunk::id).toList());
    for (int i = 0; i < chunks.size(); i++) {
      Chunk chunk = chunks.get(i);
      assertThat(chunk.id().ordinal()).isEqualTo(i);
      assertThat(chunk.revision()).isEqualTo(document.revision());
      byte[] source =
          Arrays.copyOfRange(content, (int) chunk.range().start(), (int) chunk.range().end());
      assertThat(new String(source, UTF_8)).isEqualTo(chunk.text());
      assertThat(embedded.get(i).embeddedDigest()).isEqualTo(Sha256.of(chunk.text()));
      assertSame(vectors.get(i), embedded.get(i).vectors());
    }
    return new String(content, UTF_8);
  }

  private static void assertSame(ChunkVectors one, ChunkVectors other) {
    assertThat(one.vector()).isEqualTo(other.vector());
    assertThat(one.sentences().bytes()).isEqualTo(other.sentences().bytes());
  }
}
