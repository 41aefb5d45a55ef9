package dev.ragline.store.lucene;

import dev.ragline.document.Chunk;
import dev.ragline.document.Deadline;
import dev.ragline.document.Metric;
import dev.ragline.filter.Filter;
import dev.ragline.store.Candidate;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.Candidates;
import dev.ragline.store.CorpusStats;
import dev.ragline.store.Vectors;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.jspecify.annotations.Nullable;

/** Searches an index by vector and by words. */
final class CandidateSearch {
  /**
   * Up to so many chunks each vector is compared, which finds all of the nearest, and costs no more
   * than walking the graph does.
   */
  private static final int COMPARE_ALL = 4096;

  /** Lucene's k is also how widely the graph is searched: fewer find fewer of the nearest. */
  private static final int MIN_WIDTH = 100;

  /** By score, then chunk id, which makes the order of equal scores a fact and not an accident. */
  private static final Sort BEST_FIRST =
      new Sort(
          SortField.FIELD_SCORE,
          new SortField(Rows.DOCUMENT, SortField.Type.STRING),
          new SortField(Rows.ORDINAL, SortField.Type.INT));

  private static final Comparator<Candidate> HIGHEST_FIRST =
      Comparator.comparingDouble(Candidate::score)
          .reversed()
          .thenComparing(candidate -> candidate.chunk().id());

  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  private final DirectoryReader reader;
  private final RowReader rows;
  private final Metric metric;
  private final CorpusStats stats;

  CandidateSearch(DirectoryReader reader, RowReader rows, Metric metric, CorpusStats stats) {
    this.reader = reader;
    this.rows = rows;
    this.metric = metric;
    this.stats = stats;
  }

  /** The best candidates of each search that {@code query} asks for. */
  Candidates search(CandidateQuery query, Deadline deadline) throws IOException {
    IndexSearcher searcher = searcher(deadline);
    boolean all = query.filter().equals(Filter.ALL);
    Query filter = all ? null : FilterQuery.of(query.filter());
    // Of few wanted chunks each is compared, however far apart they are in the graph.
    long wanted = filter == null ? stats.chunks() : searcher.count(filter);
    Map<Integer, Chunk> loaded = new HashMap<>();
    List<Candidate> dense = List.of();
    List<Candidate> lexical = List.of();
    deadline.check("the search");
    if (query.vector() != null && wanted > 0) {
      int width = (int) Math.max(wanted <= COMPARE_ALL ? wanted : MIN_WIDTH, query.limit());
      Query nearest = new KnnFloatVectorQuery(Rows.VECTOR, query.vector(), width, filter);
      List<FieldDoc> hits = best(searcher, nearest, query.limit());
      deadline.check("reading what the vectors found");
      dense = rescored(hits, query.vector(), loaded);
    }
    if (query.text() != null && wanted > 0) {
      Query found = WordQuery.of(query.text(), rows.languages(stats.documents()), reader);
      Query words = filtered(found, filter);
      List<FieldDoc> hits = best(searcher, words, query.limit());
      deadline.check("reading what the words found");
      lexical = candidates(hits, loaded);
    }
    return new Candidates(dense, lexical);
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
  private IndexSearcher searcher(Deadline deadline) {
    IndexSearcher searcher = new IndexSearcher(reader);
    searcher.setSimilarity(IndexFormat.BM25);
    searcher.setQueryCache(null);
    searcher.setTimeout(
        () -> Thread.currentThread().isInterrupted() || deadline.remaining(A_MOMENT).isZero());
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
    List<Candidate> candidates = new ArrayList<>(hits.size());
    for (FieldDoc hit : hits) {
      candidates.add(new Candidate(chunk(hit, loaded), (Float) hit.fields[0]));
    }
    return candidates;
  }

  /**
   * The hits by the score that the metric defines. Lucene adds up a vector's parts in whatever
   * order the JIT compiler likes at that moment, so its own scores change in their last bit.
   */
  private List<Candidate> rescored(
      List<FieldDoc> hits, float[] question, Map<Integer, Chunk> loaded) throws IOException {
    List<Candidate> candidates = new ArrayList<>(hits.size());
    for (FieldDoc hit : hits) {
      double score = Vectors.score(metric, question, rows.vector(hit.doc));
      candidates.add(new Candidate(chunk(hit, loaded), score));
    }
    candidates.sort(HIGHEST_FIRST);
    return candidates;
  }

  private Chunk chunk(FieldDoc hit, Map<Integer, Chunk> loaded) throws IOException {
    Chunk chunk = loaded.get(hit.doc);
    if (chunk == null) {
      chunk = rows.chunk(hit.doc);
      loaded.put(hit.doc, chunk);
    }
    return chunk;
  }
}
