package dev.ragline.store.milvus;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ragline.call.Call;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Corpus;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.Language;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.filter.Filter;
import dev.ragline.store.Candidate;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.Candidates;
import dev.ragline.store.ChunkVectors;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.CorpusStats;
import dev.ragline.store.EmbeddedChunk;
import dev.ragline.store.Vectors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One view of a corpus. It shows what the view says, as long as the rows of that are kept. */
final class MilvusSnapshot implements CorpusSnapshot {
  /** Pieces of content that are read at once. */
  private static final int PIECES_AT_ONCE = 32;

  private final OpenCorpus open;
  private final View view;
  private final String token;
  private final Table contents;
  private final MilvusStoreConfig config;
  private final ExecutorService searches;
  private final Call call;
  private final long readableUntil;

  MilvusSnapshot(
      OpenCorpus open,
      View view,
      String token,
      Table contents,
      MilvusStoreConfig config,
      ExecutorService searches,
      Call call) {
    this.open = open;
    this.view = view;
    this.token = token;
    this.contents = contents;
    this.config = config;
    this.searches = searches;
    this.call = call;
    this.readableUntil = System.nanoTime() + open.readable().toNanos();
    open.chunks().guarantee(view.rowsTime());
    contents.guarantee(view.rowsTime());
  }

  @Override
  public Corpus corpus() {
    return view.corpus();
  }

  @Override
  public String token() {
    return token;
  }

  @Override
  public boolean computesHere() {
    return false;
  }

  @Override
  public CorpusStats stats() {
    return view.stats();
  }

  @Override
  public Map<Language, Long> languages() {
    return view.languages();
  }

  @Override
  public Optional<Document> document(DocumentId id) {
    return view.live(id).map(Head::document);
  }

  @Override
  public List<Document> documents(@Nullable DocumentId after, int limit) {
    var rest = after == null ? view.heads() : view.heads().tailMap(after, false);
    return rest.values().stream()
        .flatMap(head -> Optional.ofNullable(head.document()).stream())
        .limit(limit)
        .toList();
  }

  @Override
  public List<Chunk> chunks(DocumentId id, int fromOrdinal, int limit) {
    Optional<Head> head = view.live(id);
    if (head.isEmpty()) {
      return List.of();
    }
    List<String> keys =
        head.get().rows().chunkKeys().stream().skip(fromOrdinal).limit(limit).toList();
    return rows(open.chunks(), keys, ChunkRows.CHUNK_FIELDS).stream()
        .map(row -> whole(ChunkRows.chunk(row)))
        .sorted(Comparator.comparing(Chunk::id))
        .toList();
  }

  @Override
  public List<EmbeddedChunk> embeddedChunks(DocumentId id) {
    Optional<Head> head = view.live(id);
    if (head.isEmpty()) {
      return List.of();
    }
    List<String> keys = head.get().rows().chunkKeys();
    return rows(open.chunks(), keys, ChunkRows.EMBEDDED_FIELDS).stream()
        .map(ChunkRows::embedded)
        .map(
            chunk ->
                new EmbeddedChunk(whole(chunk.chunk()), chunk.embeddedDigest(), chunk.vectors()))
        .sorted(Comparator.comparing(chunk -> chunk.chunk().id()))
        .toList();
  }

  @Override
  public List<Sha256> embeddedDigests(DocumentId id) {
    Optional<Head> head = view.live(id);
    if (head.isEmpty()) {
      return List.of();
    }
    List<String> keys = head.get().rows().chunkKeys();
    List<String> fields = List.of(ChunkRows.ORDINAL, ChunkRows.DIGEST);
    return rows(open.chunks(), keys, fields).stream()
        .sorted(Comparator.comparingLong(row -> row.number(ChunkRows.ORDINAL)))
        .map(row -> new Sha256(row.text(ChunkRows.DIGEST)))
        .toList();
  }

  @Override
  public List<ChunkVectors> vectors(List<ChunkId> ids) {
    List<String> keys =
        ids.stream()
            .map(
                id -> WrittenRows.key(view.live(id.document()).orElseThrow().write(), id.ordinal()))
            .toList();
    Map<String, ChunkVectors> found = new HashMap<>();
    for (Row row : rows(open.chunks(), keys, ChunkRows.VECTOR_FIELDS)) {
      found.put(row.text(ChunkRows.ID), ChunkRows.vectors(row));
    }
    return keys.stream().map(found::get).toList();
  }

  /** All of some rows of what the view shows. */
  private List<Row> rows(Table table, List<String> keys, List<String> fields) {
    call.check("reading");
    List<Row> rows = keys.isEmpty() ? List.of() : table.get(keys, fields, call);
    if (rows.size() != keys.size()) {
      throw expired();
    }
    return rows;
  }

  private static RagException expired() {
    return new RagException(
        ErrorCode.ABORTED,
        "SNAPSHOT_EXPIRED",
        "the corpus changed while it was read, and what was read is gone; read again");
  }

  /** The chunk with all of its text, of which a row may hold a beginning only. */
  private Chunk whole(Chunk chunk) {
    if (!ChunkRows.isCut(chunk)) {
      return chunk;
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    content(chunk.id().document(), chunk.range(), (offset, data) -> text.writeBytes(data));
    return new Chunk(
        chunk.id(),
        chunk.revision(),
        text.toString(UTF_8),
        chunk.range(),
        chunk.headingPath(),
        chunk.leadIns(),
        null);
  }

  @Override
  public void content(DocumentId id, ByteRange range, ContentSink sink) {
    Head head =
        view.live(id).orElseThrow(() -> RagException.documentNotFound(view.corpus().id(), id));
    if (range.end() > head.rows().pieces() * (long) ContentRows.PIECE || range.end() > size(head)) {
      throw RagException.invalid("range", "the content ends at byte " + size(head));
    }
    long offset = range.start();
    while (offset < range.end()) {
      int first = (int) (offset / ContentRows.PIECE);
      int last = (int) ((range.end() - 1) / ContentRows.PIECE);
      int count = Math.min(PIECES_AT_ONCE, last - first + 1);
      for (byte[] piece : pieces(head, first, count)) {
        int from = (int) (offset % ContentRows.PIECE);
        int to = (int) Math.min(piece.length, from + range.end() - offset);
        sink.accept(offset, Arrays.copyOfRange(piece, from, to));
        offset += to - from;
      }
    }
  }

  private static long size(Head head) {
    return head.document() == null ? 0 : head.document().size();
  }

  private List<byte[]> pieces(Head head, int first, int count) {
    List<String> keys =
        IntStream.range(first, first + count)
            .mapToObj(n -> WrittenRows.key(head.write(), n))
            .toList();
    Map<String, byte[]> found = new HashMap<>();
    for (Row row : rows(contents, keys, List.of(ContentRows.KEY, ContentRows.DATA))) {
      try {
        found.put(row.text(ContentRows.KEY), ContentRows.decode(row.text(ContentRows.DATA)));
      } catch (IOException e) {
        throw new RagException(
            ErrorCode.INTERNAL, "STORE_CORRUPT", "a piece of content in Milvus is broken", e);
      }
    }
    return keys.stream().map(found::get).toList();
  }

  @Override
  public boolean searchesWords() {
    return open.searchesWords();
  }

  @Override
  public Candidates search(CandidateQuery query) {
    float[] vector = query.vector();
    String text = open.searchesWords() ? query.text() : null;
    if (vector != null) {
      Vectors.requireUsable(vector, view.corpus());
    }
    call.check("the search");
    if (view.chunks() == 0) {
      return new Candidates(List.of(), List.of());
    }
    boolean all = query.filter().equals(Filter.ALL);
    String filter = all ? "" : FilterExpression.of(query.filter());
    ChunkSearch search =
        new ChunkSearch(open.chunks(), view, config.index().searchParams(), filter);
    Future<List<Candidate>> words =
        vector != null && text != null
            ? searches.submit(() -> search.byWords(text, query.limit(), call))
            : null;
    try {
      List<Candidate> dense =
          vector == null ? List.of() : search.byVector(vector, query.limit(), call);
      List<Candidate> lexical =
          words != null
              ? outcome(words)
              : text == null ? List.of() : search.byWords(text, query.limit(), call);
      requireReadable();
      if (vector != null && dense.isEmpty() && all) {
        // Milvus 2.3 finds nothing in a collection of another dimension.
        open.chunks().doubt("no chunk is near to anything", call);
      }
      return new Candidates(whole(dense), whole(lexical));
    } finally {
      if (words != null) {
        words.cancel(true);
      }
    }
  }

  private List<Candidate> whole(List<Candidate> candidates) {
    return candidates.stream()
        .map(candidate -> new Candidate(whole(candidate.chunk()), candidate.score()))
        .toList();
  }

  private void requireReadable() {
    if (System.nanoTime() - readableUntil > 0) {
      throw expired();
    }
  }

  private static List<Candidate> outcome(Future<List<Candidate>> search) {
    try {
      return search.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RagException(ErrorCode.CANCELLED, "CANCELLED", "cancelled while searching", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RagException cause) {
        throw cause;
      }
      throw new IllegalStateException("a search failed", e.getCause());
    }
  }

  @Override
  public void close() {}
}
