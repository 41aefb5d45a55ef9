package dev.ragline.store.lucene;

import dev.ragline.call.Call;
import dev.ragline.document.Metric;
import dev.ragline.store.Vectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.FullPrecisionFloatVectorSimilarityValuesSource;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopDocs;
import org.jspecify.annotations.Nullable;

/**
 * Finds the chunks whose vectors are nearest to a question's. Of few chunks each vector is compared
 * as it is. Of many, the graph brings more than are wanted, by vectors of one byte a component, and
 * those are compared as they are.
 */
final class VectorSearch {
  /** Up to so many chunks each is compared, which finds all of the nearest; 0.15 ms a thousand. */
  private static final int COMPARE_EACH = 4096;

  /**
   * The same of those that a filter leaves. They may be far apart in the graph, so that walking it
   * is slower then, and finds fewer.
   */
  private static final int COMPARE_EACH_FILTERED = 20_000;

  /** How widely the graph is searched at least: fewer find fewer of the nearest. */
  private static final int MIN_WIDTH = 100;

  /** For each wanted chunk, so many are brought by the graph, in all but small searches. */
  private static final double WIDER = 1.5;

  private final DirectoryReader reader;
  private final Metric metric;
  private final float[] question;

  VectorSearch(DirectoryReader reader, Metric metric, float[] question) {
    this.reader = reader;
    this.metric = metric;
    this.question = question;
  }

  /**
   * A chunk that was found.
   *
   * @param row in the whole index
   * @param score as the metric defines it
   */
  record Hit(int row, double score) {}

  /**
   * The nearest, best first; more than {@code limit} only where the last ones are equally near.
   *
   * @param filter which chunks are wanted; null for all
   * @param wanted how many those are
   */
  List<Hit> nearest(
      IndexSearcher searcher, @Nullable Query filter, long wanted, int limit, Call call)
      throws IOException {
    ScoreDoc[] found =
        wanted <= (filter == null ? COMPARE_EACH : COMPARE_EACH_FILTERED)
            ? compareEach(searcher, filter, limit).scoreDocs
            : walk(searcher, filter, limit).scoreDocs;
    call.check("reading what the vectors found");
    List<Hit> hits = scored(found);
    int last = Math.min(limit, hits.size()) - 1;
    while (last >= 0
        && last + 1 < hits.size()
        && hits.get(last).score == hits.get(last + 1).score) {
      last++;
    }
    return hits.subList(0, last + 1);
  }

  private TopDocs compareEach(IndexSearcher searcher, @Nullable Query filter, int limit)
      throws IOException {
    SortField nearness =
        new FullPrecisionFloatVectorSimilarityValuesSource(
                question, Rows.VECTOR, Rows.similarity(metric))
            .getSortField(true);
    Query chunks = filter == null ? new FieldExistsQuery(Rows.VECTOR) : filter;
    return searcher.search(chunks, Math.max(MIN_WIDTH, limit), CandidateSearch.by(nearness));
  }

  private TopDocs walk(IndexSearcher searcher, @Nullable Query filter, int limit)
      throws IOException {
    // Lucene's k is also how widely the graph is searched.
    int width = Math.max(MIN_WIDTH, (int) (WIDER * limit));
    return searcher.search(
        new KnnFloatVectorQuery(Rows.VECTOR, question, width, filter), width, Sort.RELEVANCE);
  }

  /**
   * The hits by the score that the metric defines. Lucene adds up a vector's parts in whatever
   * order the JIT compiler likes at that moment, so its own scores change in their last bit.
   */
  private List<Hit> scored(ScoreDoc[] found) throws IOException {
    Arrays.sort(found, Comparator.comparingInt(hit -> hit.doc));
    List<LeafReaderContext> leaves = reader.leaves();
    List<Hit> hits = new ArrayList<>(found.length);
    for (int i = 0; i < found.length; ) {
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(found[i].doc, leaves));
      int end = leaf.docBase + leaf.reader().maxDoc();
      FloatVectorValues vectors = leaf.reader().getFloatVectorValues(Rows.VECTOR);
      KnnVectorValues.DocIndexIterator rows = vectors.iterator();
      for (; i < found.length && found[i].doc < end; i++) {
        rows.advance(found[i].doc - leaf.docBase);
        float[] vector = vectors.vectorValue(rows.index());
        hits.add(new Hit(found[i].doc, Vectors.score(metric, question, vector)));
      }
    }
    hits.sort(Comparator.comparingDouble(Hit::score).reversed());
    return hits;
  }
}
