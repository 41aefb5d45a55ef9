package dev.ragline.alignment;

import dev.ragline.call.Call;
import dev.ragline.document.ByteRange;
import dev.ragline.document.CorpusId;
import dev.ragline.document.LeadIn;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.execution.ComputePool;
import dev.ragline.execution.Execution;
import dev.ragline.parsing.Sentences;
import dev.ragline.parsing.SourceText;
import dev.ragline.retrieval.Passage;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.SentenceVectors;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Compares by words first, and what these do not settle by vectors: the sentence's, made now, and
 * those of the passages' sentences, made when they were ingested. The first {@value #MOST_EMBEDDED}
 * such sentences get a vector, which takes a few milliseconds each.
 */
public final class SentenceAligner implements Aligner {
  private static final int MOST_EMBEDDED = 32;

  private final Embedder embedder;
  private final ComputePool compute;
  private final StoredSentences stored;

  @Inject
  public SentenceAligner(Embedder embedder, ChunkStore store, Execution execution) {
    this.embedder = embedder;
    this.compute = execution.compute();
    this.stored = new StoredSentences(store, embedder.model());
  }

  /** A sentence of the answer and the passages that it is compared with. */
  private record Open(
      ByteRange range, Statement statement, List<Integer> citations, List<Compared> passages) {
    boolean claims() {
      return passages.stream().anyMatch(it -> statement.claims(it.source().language()));
    }

    AlignedSentence aligned(Map<Integer, Double> semantics) {
      Support best = Support.NONE;
      int rank = 0;
      for (Compared compared : passages) {
        Double semantic = semantics.get(compared.passage().rank());
        Support support = Support.of(statement, compared.source(), semantic);
        if (support.score() > best.score()) {
          best = support;
          rank = compared.passage().rank();
        }
      }
      boolean unsupported = best.score() < Support.ENOUGH && claims();
      return new AlignedSentence(range, best, rank, citations, unsupported);
    }
  }

  private record Compared(Passage passage, Source source) {
    static Compared of(Passage passage) {
      String headings = String.join(" ", passage.chunk().headingPath());
      String leadIns =
          passage.chunks().stream()
              .flatMap(chunk -> chunk.leadIns().stream())
              .map(LeadIn::text)
              .collect(Collectors.joining(" "));
      String context = String.join(" ", passage.document().title(), headings, leadIns);
      List<String> sentences =
          passage.readings().stream()
              .flatMap(reading -> Sentences.texts(reading).stream())
              .toList();
      return new Compared(passage, new Source(sentences, context, passage.document().language()));
    }
  }

  @Override
  public List<AlignedSentence> align(
      CorpusId corpus,
      String answer,
      List<Cited> citations,
      List<Passage> passages,
      Call anywhere) {
    Call call = anywhere.on(corpus);
    List<Compared> sources = passages.stream().map(Compared::of).toList();
    List<Open> sentences = compute.run("align", call, () -> sentences(answer, citations, sources));
    List<AlignedSentence> aligned =
        new ArrayList<>(compute.run("align", call, () -> byWords(sentences, call)));
    List<Integer> unsettled =
        IntStream.range(0, aligned.size())
            .filter(i -> aligned.get(i).support().score() < Support.QUOTED)
            .filter(i -> sentences.get(i).claims())
            .limit(MOST_EMBEDDED)
            .boxed()
            .toList();
    if (!unsettled.isEmpty()) {
      Map<Integer, List<SentenceVectors>> vectors = stored.vectors(corpus, passages, call);
      for (int i : vectors.isEmpty() ? List.<Integer>of() : unsettled) {
        aligned.set(i, byVectors(sentences.get(i), vectors, call));
      }
    }
    return aligned;
  }

  private static List<AlignedSentence> byWords(List<Open> sentences, Call call) {
    List<AlignedSentence> aligned = new ArrayList<>(sentences.size());
    for (Open sentence : sentences) {
      call.check("align");
      aligned.add(sentence.aligned(Map.of()));
    }
    return aligned;
  }

  private AlignedSentence byVectors(
      Open sentence, Map<Integer, List<SentenceVectors>> vectors, Call call) {
    QuestionEmbedding embedding = embedder.embedQuestion(sentence.statement().text(), call);
    return compute.run("align", call, () -> sentence.aligned(semantics(embedding, vectors)));
  }

  private static List<Open> sentences(
      String answer, List<Cited> citations, List<Compared> passages) {
    SourceText text = SourceText.of(answer);
    return Sentences.in(answer).stream()
        .map(
            span ->
                open(text.bytes(span.start(), span.end()), span.of(answer), citations, passages))
        .toList();
  }

  private static Open open(
      ByteRange range, String sentence, List<Cited> citations, List<Compared> passages) {
    List<Integer> own =
        IntStream.range(0, citations.size())
            .filter(i -> overlap(citations.get(i).claim(), range))
            .boxed()
            .toList();
    List<Integer> ranks = own.stream().map(i -> citations.get(i).passageRank()).toList();
    List<Compared> compared =
        ranks.isEmpty()
            ? passages
            : passages.stream().filter(it -> ranks.contains(it.passage().rank())).toList();
    return new Open(range, new Statement(sentence), own, compared);
  }

  private static boolean overlap(ByteRange one, ByteRange other) {
    return one.start() < other.end() && other.start() < one.end();
  }

  /** Cosines by the passages' ranks; none for a language that the model does not know. */
  private static Map<Integer, Double> semantics(
      QuestionEmbedding embedding, Map<Integer, List<SentenceVectors>> vectors) {
    if (!Support.isKnown(embedding.coverage())) {
      return Map.of();
    }
    Map<Integer, Double> semantics = new HashMap<>();
    vectors.forEach(
        (rank, chunks) ->
            chunks.stream()
                .mapToDouble(chunk -> chunk.nearest(embedding.vector()))
                .max()
                .ifPresent(nearest -> semantics.put(rank, nearest)));
    return semantics;
  }
}
