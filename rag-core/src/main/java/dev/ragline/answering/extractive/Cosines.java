package dev.ragline.answering.extractive;

import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.reading.TextSpan;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.parsing.SentenceRules;
import dev.ragline.parsing.Sentences;
import dev.ragline.retrieval.Evidence;
import dev.ragline.retrieval.Grounds;
import dev.ragline.retrieval.Passage;
import dev.ragline.retrieval.Retrieval;
import dev.ragline.store.SentenceVectors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How near the sentences of passages are to a question. Their vectors came with the chunk when it
 * was embedded, so this takes no inference.
 */
final class Cosines {
  private final @Nullable QuestionEmbedding question;

  private record Place(int passage, int chunk) {}

  /** The sentences of a chunk as it was embedded, with their cosines; none where nobody knows. */
  private record Known(List<TextSpan> spans, double[] cosines, double otherwise) {}

  private final Map<Place, Known> chunks = new HashMap<>();
  private final Map<Integer, Double> passages = new HashMap<>();

  private Cosines(@Nullable QuestionEmbedding question) {
    this.question = question;
  }

  /** Of the sentences of all passages. */
  static Cosines of(Retrieval found) {
    Grounds grounds = found.grounds();
    Cosines cosines = new Cosines(grounds == null ? null : grounds.question());
    if (grounds != null && cosines.question != null) {
      List<Passage> passages = found.passages();
      for (int i = 0; i < passages.size(); i++) {
        for (Chunk chunk : passages.get(i).chunks()) {
          cosines.add(new Place(i, chunk.id().ordinal()), chunk, passages.get(i), grounds);
        }
      }
    }
    return cosines;
  }

  private void add(Place place, Chunk chunk, Passage passage, Grounds grounds) {
    SentenceVectors vectors = grounds.sentences().getOrDefault(chunk.id(), SentenceVectors.NONE);
    List<TextSpan> spans = Sentences.in(passage.reading(chunk), SentenceRules.of(vectors.rules()));
    // Context that was embedded with the text stands before it. Of a text of many sentences only
    // the first have vectors, and then none are left over for the context.
    int before = Math.max(0, vectors.count() - spans.size());
    int count = Math.min(spans.size(), vectors.count());
    double[] cosines = new double[count];
    for (int i = 0; i < count && question != null; i++) {
      cosines[i] = grounds.scale().of(vectors.cosine(before + i, question.vector()));
    }
    ChunkId found = passage.chunk().id();
    Evidence evidence = grounds.evidence().get(found);
    double whole = evidence == null ? 0 : grounds.scale().of(evidence.passage());
    passages.put(place.passage(), whole);
    chunks.put(place, new Known(spans, cosines, whole));
  }

  /** 0…1, what the cosines are worth: how much of the question the embedding model knows. */
  double worth() {
    return question == null ? 0 : question.coverage();
  }

  /** A sentence's cosine; its passage's where it has no vector of its own. */
  double of(Sentence sentence) {
    int passage = sentence.section().passage();
    Known known = chunks.get(new Place(passage, sentence.chunk()));
    // A lead-in stands in a chunk that was not found for itself.
    return known == null
        ? passages.getOrDefault(passage, 0.0)
        : nearest(known, sentence.span(), known.otherwise);
  }

  /** A heading's cosine; 0 where it was not embedded as a sentence. */
  double of(Section section) {
    TextSpan span = section.span();
    Known known = chunks.get(new Place(section.passage(), section.chunk()));
    return span == null || known == null ? 0 : nearest(known, span, 0);
  }

  private static double nearest(Known known, TextSpan span, double otherwise) {
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < known.cosines.length; i++) {
      TextSpan other = known.spans.get(i);
      if (other.start() < span.end() && span.start() < other.end()) {
        best = Math.max(best, known.cosines[i]);
      }
    }
    return best == Double.NEGATIVE_INFINITY ? otherwise : best;
  }
}
