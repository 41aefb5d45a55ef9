package dev.ragline.store.lucene;

import dev.ragline.call.Call;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Corpus;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.Language;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.execution.ComputePool;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.Candidates;
import dev.ragline.store.ChunkVectors;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.CorpusStats;
import dev.ragline.store.EmbeddedChunk;
import dev.ragline.store.Vectors;
import dev.ragline.store.lucene.RowReader.Block;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** One commit of a corpus's index. */
final class LuceneSnapshot implements CorpusSnapshot {
  private final Corpus corpus;
  private final Call call;
  private final String token;
  private final DirectoryReader reader;
  private final RowReader rows;
  private final CorpusStats stats;
  private final ChunkCache known;
  private final ComputePool compute;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Where the chunks are that were found. */
  private final Map<ChunkId, Integer> found = new ConcurrentHashMap<>();

  /** Takes over one reference of {@code reader}. */
  LuceneSnapshot(
      Corpus corpus,
      String token,
      DirectoryReader reader,
      Call call,
      ChunkCache known,
      ComputePool compute)
      throws IOException {
    this.known = known;
    this.compute = compute;
    this.corpus = corpus;
    this.token = token;
    this.call = call;
    this.reader = reader;
    this.rows = new RowReader(reader);
    this.stats = CommitData.of(reader).stats();
  }

  /** Reads files. */
  private interface Reading<T> {
    T run() throws IOException;
  }

  private <T> T read(Reading<T> reading) {
    try {
      return reading.run();
    } catch (IOException e) {
      throw StoreFailures.reading(corpus.id(), e);
    }
  }

  @Override
  public Corpus corpus() {
    return corpus;
  }

  @Override
  public String token() {
    return token;
  }

  @Override
  public boolean computesHere() {
    return true;
  }

  @Override
  public CorpusStats stats() {
    return stats;
  }

  @Override
  public Map<Language, Long> languages() {
    return read(() -> rows.languages(stats.documents()));
  }

  @Override
  public Optional<Document> document(DocumentId id) {
    return read(() -> rows.block(id)).map(Block::document);
  }

  @Override
  public List<Document> documents(@Nullable DocumentId after, int limit) {
    return read(() -> rows.documents(after, limit));
  }

  @Override
  public List<Chunk> chunks(DocumentId id, int fromOrdinal, int limit) {
    return read(
        () -> {
          Optional<Block> block = rows.block(id);
          return block.isPresent() ? rows.chunks(block.get(), fromOrdinal, limit) : List.of();
        });
  }

  @Override
  public List<EmbeddedChunk> embeddedChunks(DocumentId id, int fromOrdinal, int limit) {
    return read(
        () -> {
          Optional<Block> block = rows.block(id);
          return block.isPresent()
              ? rows.embeddedChunks(block.get(), fromOrdinal, limit)
              : List.of();
        });
  }

  @Override
  public List<Sha256> embeddedDigests(DocumentId id) {
    return read(
        () -> {
          Optional<Block> block = rows.block(id);
          return block.isPresent() ? rows.digests(block.get()) : List.of();
        });
  }

  @Override
  public List<ChunkVectors> vectors(List<ChunkId> ids) {
    return read(
        () -> {
          List<ChunkVectors> vectors = new ArrayList<>(ids.size());
          for (ChunkId id : ids) {
            vectors.add(rows.vectors(row(id)));
          }
          return vectors;
        });
  }

  private int row(ChunkId id) throws IOException {
    Integer known = found.get(id);
    return known != null
        ? known
        : rows.chunkRow(rows.block(id.document()).orElseThrow(), id.ordinal());
  }

  @Override
  public void content(DocumentId id, ByteRange range, ContentSink sink) {
    Block block =
        read(() -> rows.block(id))
            .orElseThrow(() -> RagException.documentNotFound(corpus.id(), id));
    if (range.end() > block.document().size()) {
      throw RagException.invalid("range", "the content ends at byte " + block.document().size());
    }
    long offset = range.start();
    while (offset < range.end()) {
      int row = block.firstPiece() + (int) (offset / Rows.PIECE);
      byte[] data = slice(read(() -> rows.piece(row)), offset, range.end());
      sink.accept(offset, data);
      offset += data.length;
    }
  }

  /** What a piece holds of the content between two offsets. */
  private static byte[] slice(BytesRef piece, long from, long to) {
    long pieceStart = from - from % Rows.PIECE;
    int first = (int) (from - pieceStart);
    int last = (int) Math.min(piece.length, to - pieceStart);
    return Arrays.copyOfRange(piece.bytes, piece.offset + first, piece.offset + last);
  }

  @Override
  public boolean searchesWords() {
    return true;
  }

  @Override
  public Candidates search(CandidateQuery query) {
    if (query.vector() != null) {
      Vectors.requireUsable(query.vector(), corpus);
    }
    var search = new CandidateSearch(reader, rows, corpus.metric(), stats, found, known, compute);
    return read(() -> search.search(query, call));
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      read(
          () -> {
            reader.decRef();
            return true;
          });
    }
  }
}
