package dev.ragline.retrieval;

import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.store.CorpusSnapshot;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Gives passages with what stands around them, and no chunk with two of them: what one has taken,
 * none after it gets. For one question.
 */
final class Expander {
  private final CorpusSnapshot snapshot;
  private final Expansion expansion;
  private final ToIntFunction<String> tokens;
  private final Map<DocumentId, DocumentChunks> documents = new HashMap<>();
  private final Set<ChunkId> given = new HashSet<>();

  /**
   * @param tokens counts those of a text
   */
  Expander(CorpusSnapshot snapshot, Expansion expansion, ToIntFunction<String> tokens) {
    this.snapshot = snapshot;
    this.expansion = expansion;
    this.tokens = tokens;
  }

  /** Whether a passage has this chunk already, as its own or around it. */
  boolean hasGiven(ChunkId id) {
    return given.contains(id);
  }

  /** The chunk with what stands around it; null where nothing is added. */
  @Nullable ExpandedText expand(Chunk chunk, Document document) {
    given.add(chunk.id());
    if (!expansion.adds() || document.chunkCount() == 1) {
      return null;
    }
    DocumentChunks chunks =
        documents.computeIfAbsent(document.id(), id -> new DocumentChunks(snapshot, document));
    Growth growth = new Growth(chunk, chunks, expansion, tokens, given);
    growth.grow();
    while (growth.hasGrown()) {
      String text = text(document.id(), growth.range());
      // What stands between the chunks counts, too; mostly it is too short to matter.
      if (growth.mostTokens() <= expansion.maxTokens()
          || tokens.applyAsInt(text) <= expansion.maxTokens()) {
        growth.chunks().forEach(taken -> given.add(taken.id()));
        return new ExpandedText(text, growth.range(), growth.chunks());
      }
      growth.undo();
    }
    return null;
  }

  private String text(DocumentId id, ByteRange range) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(range.length()));
    snapshot.content(id, range, (offset, data) -> bytes.writeBytes(data));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
