package dev.ragline.retrieval;

import dev.ragline.analysis.ContentWords;
import dev.ragline.analysis.Words;
import dev.ragline.document.Chunk;
import dev.ragline.document.Language;
import dev.ragline.document.reading.Reading;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.parsing.Readings;
import dev.ragline.parsing.Sentences;
import dev.ragline.presence.QuestionFocus;
import dev.ragline.store.CorpusSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at the best candidates for how like the question they are. */
final class LikenessView {
  /** Candidates that are looked at: of more than these the gate learns nothing. */
  private static final int FEW = 8;

  private final CorpusSnapshot snapshot;
  private final String question;
  private final @Nullable QuestionEmbedding embedding;
  private final CosineScale scale;

  LikenessView(
      CorpusSnapshot snapshot,
      String question,
      @Nullable QuestionEmbedding embedding,
      CosineScale scale) {
    this.snapshot = snapshot;
    this.question = question;
    this.embedding = embedding;
    this.scale = scale;
  }

  /**
   * Looks at candidates.
   *
   * @param ranking best first, each with its evidence; at least one
   */
  Likeness of(List<FusedCandidate> ranking) {
    List<FusedCandidate> best = ranking.subList(0, Math.min(FEW, ranking.size()));
    List<Language> languages = best.stream().map(candidate -> language(candidate.chunk())).toList();
    Map<Language, Long> counts =
        languages.stream().collect(Collectors.groupingBy(it -> it, Collectors.counting()));
    ContentWords content = ContentWords.of(question, counts);
    List<Looked> looked = new ArrayList<>(best.size());
    for (int i = 0; i < best.size(); i++) {
      looked.add(look(best.get(i), languages.get(i), content));
    }
    looked = Misspelt.in(looked, content);
    boolean english =
        content.own().contains(Language.ENGLISH) || content.own().contains(Language.UNDETERMINED);
    double known = embedding == null || !scale.tells() ? 0 : embedding.coverage();
    double[] weights = weights(content.count(), looked);
    QuestionFocus focus = QuestionFocus.of(question);
    return new Likeness(
        known,
        english,
        absent(content.count(), looked),
        content.count(),
        snapshot.stats().chunks(),
        looked.stream().map(it -> likeness(it, content.count(), weights, focus)).toList());
  }

  /**
   * What a candidate has of the question.
   *
   * @param words those of the question's content words that it has
   * @param inSentence how many of them its best sentence has
   * @param text its headings and what a reader sees of it
   * @param near that sentence and its neighbours
   */
  record Looked(
      FusedCandidate candidate,
      Language language,
      BitSet words,
      int inSentence,
      String text,
      String near) {
    /** The same with words that were found otherwise. */
    Looked with(BitSet found, int foundInSentence) {
      return new Looked(candidate, language, found, foundInSentence, text, near);
    }
  }

  private Looked look(FusedCandidate candidate, Language language, ContentWords content) {
    Chunk chunk = candidate.chunk();
    String headings = String.join("\n", chunk.headingPath());
    BitSet inPassage = in(headings, language, content);
    Reading reading = Readings.of(chunk);
    List<String> sentences = Sentences.texts(reading);
    int inSentence = 0;
    int nearest = 0;
    for (int i = 0; i < sentences.size(); i++) {
      BitSet found = in(sentences.get(i), language, content);
      if (found.cardinality() > inSentence) {
        inSentence = found.cardinality();
        nearest = i;
      }
      inPassage.or(found);
    }
    int end = Math.min(sentences.size(), nearest + 2);
    String near = String.join(" ", sentences.subList(Math.max(0, nearest - 1), end));
    String text = headings + "\n" + reading.text();
    return new Looked(candidate, language, inPassage, inSentence, text, near);
  }

  private PassageLikeness likeness(
      Looked looked, int count, double[] weights, QuestionFocus focus) {
    Evidence evidence = Objects.requireNonNull(looked.candidate().scores().evidence());
    double cosine = Math.max(evidence.sentence(), evidence.passage());
    double all = Math.max(1, count);
    return new PassageLikeness(
        embedding == null ? 0 : scale.of(cosine),
        evidence.phrases(),
        looked.inSentence() / all,
        looked.words().cardinality() / all,
        share(looked.words(), weights),
        evidence.words(),
        focus.in(looked.text(), looked.near()));
  }

  /** The fewer have a word, the more it tells: BM25's idf. */
  private static double[] weights(int count, List<Looked> looked) {
    double[] weights = new double[count];
    for (int i = 0; i < count; i++) {
      int word = i;
      long having = looked.stream().filter(it -> it.words().get(word)).count();
      weights[i] = Math.log1p((looked.size() - having + 0.5) / (having + 0.5));
    }
    return weights;
  }

  private static double share(BitSet words, double[] weights) {
    double all = Arrays.stream(weights).sum();
    return all > 0 ? words.stream().mapToDouble(word -> weights[word]).sum() / all : 0;
  }

  private static double absent(int count, List<Looked> looked) {
    BitSet found = new BitSet(count);
    looked.forEach(it -> found.or(it.words()));
    return (count - found.cardinality()) / (double) Math.max(1, count);
  }

  private Language language(Chunk chunk) {
    return snapshot
        .document(chunk.id().document())
        .orElseThrow(() -> new IllegalStateException("a chunk without its document"))
        .language();
  }

  private static BitSet in(String text, Language language, ContentWords content) {
    Set<String> words = new HashSet<>(Words.of(text, language));
    return content.in(words, language);
  }
}
