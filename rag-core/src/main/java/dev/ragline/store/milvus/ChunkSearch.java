package dev.ragline.store.milvus;

import dev.ragline.analysis.Question;
import dev.ragline.analysis.QuestionWord;
import dev.ragline.call.Call;
import dev.ragline.document.Metric;
import dev.ragline.store.Candidate;
import dev.ragline.store.milvus.Table.Nearest;
import io.milvus.v2.service.vector.request.data.BaseVector;
import io.milvus.v2.service.vector.request.data.EmbeddedText;
import io.milvus.v2.service.vector.request.data.FloatVec;
import io.milvus.v2.service.vector.response.SearchResp.SearchResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Searches a corpus's rows for those that a view shows. Rows of other writes, which wait to be
 * removed or to become visible, are passed over, and asked not to come where they took the place of
 * others.
 */
final class ChunkSearch {
  /** Different words that are looked for; a longer question is searched by its beginning. */
  private static final int MAX_WORDS = 256;

  /** Milvus weighs all words of a question alike: those that hardly count are left out. */
  private static final double LEAST_WEIGHT = 0.5;

  /** Milvus finds no more at once. */
  private static final int MAX_LIMIT = 16_384;

  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingDouble(Candidate::score)
          .reversed()
          .thenComparing(candidate -> candidate.chunk().id());

  private final Table chunks;
  private final View view;
  private final Map<String, String> searchParams;
  private final String filter;

  /**
   * @param filter which rows are wanted, or empty for all
   */
  ChunkSearch(Table chunks, View view, Map<String, String> searchParams, String filter) {
    this.chunks = chunks;
    this.view = view;
    this.searchParams = searchParams;
    this.filter = filter;
  }

  /** The chunks nearest to a vector, by the corpus's metric. */
  List<Candidate> byVector(float[] vector, int limit, Call call) {
    boolean squared = view.corpus().metric() == Metric.L2;
    // Milvus gives the square of the distance, the smaller the closer.
    ToDoubleFunction<SearchResult> score =
        hit -> squared ? 1 / (1 + (double) hit.getScore()) : hit.getScore();
    return search(ChunkRows.VECTOR, new FloatVec(vector), score, limit, call);
  }

  /** The chunks that the words of a question stand in, by BM25. */
  List<Candidate> byWords(String text, int limit, Call call) {
    String words =
        Question.of(text, view.languages(), MAX_WORDS).words().stream()
            .filter(word -> word.weight() >= LEAST_WEIGHT)
            .flatMap(ChunkSearch::ways)
            .distinct()
            .collect(Collectors.joining(" "));
    if (words.isEmpty()) {
      return List.of();
    }
    // Milvus Lite gives BM25 with its sign turned.
    ToDoubleFunction<SearchResult> score = hit -> Math.abs(hit.getScore());
    return search(ChunkRows.SPARSE, new EmbeddedText(words), score, limit, call);
  }

  private static Stream<String> ways(QuestionWord word) {
    // What is no word by the usual rules is in the rows as one that stands where others stand.
    Stream<String> usual =
        word.forms().values().stream()
            .flatMap(Set::stream)
            .flatMap(it -> Stream.of(it, ChunkRows.also(it)));
    return Stream.concat(
        usual, word.alike().values().stream().flatMap(Set::stream).map(ChunkRows::also));
  }

  private List<Candidate> search(
      String field, BaseVector to, ToDoubleFunction<SearchResult> score, int limit, Call call) {
    Set<String> hidden = new TreeSet<>();
    // One more than asked for tells whether the last has equals.
    int fetch = Math.min(limit + 1, MAX_LIMIT);
    while (true) {
      Nearest nearest = new Nearest(field, params(field, fetch), ChunkRows.CHUNK_FIELDS, fetch);
      List<SearchResult> hits = chunks.search(nearest, to, without(hidden), call);
      List<Candidate> found = new ArrayList<>(hits.size());
      int hiddenBefore = hidden.size();
      for (SearchResult hit : hits) {
        Row row = new Row(hit.getEntity());
        String write = ChunkRows.write(row);
        if (view.shows(ChunkRows.document(row), write)) {
          found.add(new Candidate(ChunkRows.chunk(row), score.applyAsDouble(hit)));
        } else {
          hidden.add(write);
        }
      }
      boolean more = hits.size() >= fetch;
      if (more && found.size() <= limit && hidden.size() > hiddenBefore) {
        continue;
      }
      boolean cutsEquals =
          found.size() > limit && found.get(limit - 1).score() == found.getLast().score();
      if (more && cutsEquals && fetch < MAX_LIMIT) {
        fetch = Math.min(fetch * 4, MAX_LIMIT);
        continue;
      }
      found.sort(BEST_FIRST);
      return found.subList(0, Math.min(limit, found.size()));
    }
  }

  private Map<String, Object> params(String field, int fetch) {
    Map<String, Object> params = new HashMap<>();
    if (field.equals(ChunkRows.VECTOR)) {
      params.putAll(searchParams);
      // An HNSW graph is searched at least as widely as it is asked for.
      params.computeIfPresent("ef", (name, ef) -> Math.max(fetch, Integer.parseInt(ef.toString())));
    }
    return params;
  }

  private String without(Set<String> hidden) {
    if (hidden.isEmpty()) {
      return filter;
    }
    String others = ChunkRows.WRITE + " not in [\"" + String.join("\",\"", hidden) + "\"]";
    return filter.isEmpty() ? others : others + " and " + filter;
  }
}
