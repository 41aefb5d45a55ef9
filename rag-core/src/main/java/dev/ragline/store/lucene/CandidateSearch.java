package dev.ragline.store.lucene;

import dev.ragline.call.Call;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Metric;
import dev.ragline.execution.ComputePool;
import dev.ragline.filter.Filter;
import dev.ragline.store.Candidate;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.Candidates;
import dev.ragline.store.CorpusStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.jspecify.annotations.Nullable;

/** Searches an index by vector and by words. */
final class CandidateSearch {
  /** By score, then chunk id, which makes the order of equal scores a fact and not an accident. */
  private static final Sort BEST_FIRST = by(SortField.FIELD_SCORE);

  private static final Comparator<Candidate> HIGHEST_FIRST =
      Comparator.comparingDouble(Candidate::score)
          .reversed()
          .thenComparing(candidate -> candidate.chunk().id());

  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  private final DirectoryReader reader;
  private final RowReader rows;
  private final Metric metric;
  private final CorpusStats stats;
  private final Map<ChunkId, Integer> places;
  private final ChunkCache known;
  private final ComputePool compute;

  /**
   * @param places gets the rows of all chunks that are found
   * @param known chunks of former searches
   * @param compute cores for the two searches, and for parts of the index
   */
  CandidateSearch(
      DirectoryReader reader,
      RowReader rows,
      Metric metric,
      CorpusStats stats,
      Map<ChunkId, Integer> places,
      ChunkCache known,
      ComputePool compute) {
    this.places = places;
    this.known = known;
    this.compute = compute;
    this.reader = reader;
    this.rows = rows;
    this.metric = metric;
    this.stats = stats;
  }

  /** By a field, then chunk id. */
  static Sort by(SortField first) {
    return new Sort(
        first,
        new SortField(Rows.DOCUMENT, SortField.Type.STRING),
        new SortField(Rows.ORDINAL, SortField.Type.INT));
  }

  /** Searches, and fails as reading files does. */
  private interface Searching<T> {
    T run() throws IOException;
  }

  private static <T> T unchecked(Searching<T> searching) {
    try {
      return searching.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The best candidates of each search that {@code query} asks for. */
  Candidates search(CandidateQuery query, Call call) throws IOException {
    try {
      return compute.run("search", call, () -> unchecked(() -> searchHere(query, call)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Candidates searchHere(CandidateQuery query, Call call) throws IOException {
    IndexSearcher searcher = searcher(call);
    boolean all = query.filter().equals(Filter.ALL);
    Query filter = all ? null : FilterQuery.of(query.filter());
    long wanted = filter == null ? stats.chunks() : searcher.count(filter);
    call.check("the search");
    var found =
        compute.both(
            "search",
            call,
            () -> unchecked(() -> byVector(query, searcher, filter, wanted, call)),
            () -> unchecked(() -> byWords(query, searcher, filter, wanted)));
    call.check("reading what was found");
    Map<Integer, Chunk> loaded = new HashMap<>();
    List<Candidate> dense = nearest(found.first(), loaded);
    return new Candidates(
        dense.subList(0, Math.min(query.limit(), dense.size())),
        candidates(found.second(), loaded));
  }

  private List<VectorSearch.Hit> byVector(
      CandidateQuery query, IndexSearcher searcher, @Nullable Query filter, long wanted, Call call)
      throws IOException {
    float[] vector = query.vector();
    return vector == null || wanted == 0
        ? List.of()
        : new VectorSearch(reader, metric, vector)
            .nearest(searcher, filter, wanted, query.limit(), call);
  }

  private List<FieldDoc> byWords(
      CandidateQuery query, IndexSearcher searcher, @Nullable Query filter, long wanted)
      throws IOException {
    String text = query.text();
    if (text == null || wanted == 0) {
      return List.of();
    }
    Query found = WordQuery.of(text, rows.languages(stats.documents()), reader);
    return best(searcher, filtered(found, filter), query.limit());
  }

  private static Query filtered(Query query, @Nullable Query filter) {
    return filter == null
        ? query
        : new BooleanQuery.Builder()
            .add(query, BooleanClause.Occur.MUST)
            .add(filter, BooleanClause.Occur.FILTER)
            .build();
  }

  /** A searcher of this search's own: its time limit is nobody else's. */
  private IndexSearcher searcher(Call call) {
    IndexSearcher searcher = new IndexSearcher(reader, compute.spare(call));
    searcher.setSimilarity(IndexFormat.BM25);
    searcher.setQueryCache(null);
    searcher.setTimeout(
        () -> Thread.currentThread().isInterrupted() || call.remaining(A_MOMENT).isZero());
    return searcher;
  }

  private static List<FieldDoc> best(IndexSearcher searcher, Query query, int limit)
      throws IOException {
    int most = Math.min(limit, Math.max(1, searcher.getIndexReader().maxDoc()));
    var collectors = new TopFieldCollectorManager(BEST_FIRST, most, null, most);
    List<FieldDoc> hits = new ArrayList<>();
    for (ScoreDoc hit : searcher.search(query, collectors).scoreDocs) {
      hits.add((FieldDoc) hit);
    }
    return hits;
  }

  private List<Candidate> candidates(List<FieldDoc> hits, Map<Integer, Chunk> loaded)
      throws IOException {
    load(hits.stream().mapToInt(hit -> hit.doc), loaded);
    List<Candidate> candidates = new ArrayList<>(hits.size());
    for (FieldDoc hit : hits) {
      candidates.add(new Candidate(chunk(hit.doc, loaded), (Float) hit.fields[0]));
    }
    return candidates;
  }

  private List<Candidate> nearest(List<VectorSearch.Hit> hits, Map<Integer, Chunk> loaded)
      throws IOException {
    load(hits.stream().mapToInt(VectorSearch.Hit::row), loaded);
    List<Candidate> candidates = new ArrayList<>(hits.size());
    for (VectorSearch.Hit hit : hits) {
      candidates.add(new Candidate(chunk(hit.row(), loaded), hit.score()));
    }
    candidates.sort(HIGHEST_FIRST);
    return candidates;
  }

  /** Loads chunks in the order in which they lie: those next to each other are packed together. */
  private void load(IntStream found, Map<Integer, Chunk> loaded) throws IOException {
    for (int row : found.sorted().toArray()) {
      Chunk _ = chunk(row, loaded);
    }
  }

  private Chunk chunk(int row, Map<Integer, Chunk> loaded) throws IOException {
    Chunk chunk = loaded.get(row);
    if (chunk == null) {
      LeafReaderContext leaf = reader.leaves().get(ReaderUtil.subIndex(row, reader.leaves()));
      chunk = known.get(leaf, row, rows::chunk);
      loaded.put(row, chunk);
      places.put(chunk.id(), row);
    }
    return chunk;
  }
}
