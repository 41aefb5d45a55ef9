package dev.ragline.store;

import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Corpus;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.Language;
import dev.ragline.document.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A corpus at one point in time: however long it is read, writers do not change what it shows.
 * Every document is seen whole, in one revision. Close it soon: it keeps files open, and a store
 * that is spread over machines shows it for a limited time only (ABORTED when that is over).
 */
public interface CorpusSnapshot extends AutoCloseable {
  /** The corpus's settings. */
  Corpus corpus();

  /**
   * Stands for what this snapshot shows: {@link Freshness} by it shows that, or what came later.
   */
  String token();

  /**
   * Whether reading it computes in this process, and does not wait for another: who reads it may
   * hold a core meanwhile.
   */
  boolean computesHere();

  /** What the corpus holds. */
  CorpusStats stats();

  /**
   * The languages that its documents are in, with how many each; near enough, so that it is known
   * without counting.
   */
  Map<Language, Long> languages();

  /** A document, if it is there. */
  Optional<Document> document(DocumentId id);

  /** Documents by id, those after {@code after} only, at most {@code limit}. */
  List<Document> documents(@Nullable DocumentId after, int limit);

  /**
   * A document's chunks from an ordinal on, at most {@code limit}; empty without such a document.
   */
  List<Chunk> chunks(DocumentId id, int fromOrdinal, int limit);

  /**
   * A document's chunks with their vectors, from an ordinal on, at most {@code limit}; empty
   * without such a document.
   *
   * @throws dev.ragline.document.RagException ABORTED when they are no longer there
   */
  List<EmbeddedChunk> embeddedChunks(DocumentId id, int fromOrdinal, int limit);

  /** All of them. */
  default List<EmbeddedChunk> embeddedChunks(DocumentId id) {
    return embeddedChunks(id, 0, Integer.MAX_VALUE);
  }

  /**
   * The digests of what was embedded of a document's chunks, by ordinal; empty without such a
   * document.
   *
   * @throws dev.ragline.document.RagException ABORTED when the chunks are no longer there
   */
  List<Sha256> embeddedDigests(DocumentId id);

  /**
   * The vectors of chunks that this snapshot shows, in the same order.
   *
   * @throws dev.ragline.document.RagException ABORTED when they are no longer there
   */
  List<ChunkVectors> vectors(List<ChunkId> ids);

  /** Receives content in order and without gaps. */
  @FunctionalInterface
  interface ContentSink {
    /**
     * Takes a piece.
     *
     * @param offset where it stands in the content
     * @param data the piece; not to be changed, and not used again by the caller
     */
    void accept(long offset, byte[] data);
  }

  /** Hands a document's bytes in {@code range} to {@code sink}, in pieces of at most 64 KiB. */
  void content(DocumentId id, ByteRange range, ContentSink sink);

  /** Whether the store can search by words; otherwise such a search finds nothing. */
  boolean searchesWords();

  /** The chunks nearest to a question. */
  Candidates search(CandidateQuery query);

  @Override
  void close();
}
