package dev.ragline.retrieval;

import dev.ragline.analysis.ContentWords;
import dev.ragline.analysis.Words;
import dev.ragline.document.Chunk;
import dev.ragline.document.Language;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.parsing.Sentences;
import dev.ragline.parsing.TextSpan;
import dev.ragline.store.CorpusSnapshot;
import java.util.ArrayList;
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
    List<PassageLikeness> passages = new ArrayList<>(best.size());
    for (int i = 0; i < best.size(); i++) {
      passages.add(passage(best.get(i), languages.get(i), content));
    }
    boolean english =
        content.own().contains(Language.ENGLISH) || content.own().contains(Language.UNDETERMINED);
    double known = embedding == null || !scale.tells() ? 0 : embedding.coverage();
    return new Likeness(known, english, content.count(), snapshot.stats().chunks(), passages);
  }

  private PassageLikeness passage(
      FusedCandidate candidate, Language language, ContentWords content) {
    Chunk chunk = candidate.chunk();
    BitSet inPassage = in(String.join("\n", chunk.headingPath()), language, content);
    int inSentence = 0;
    for (TextSpan span : Sentences.in(chunk.text())) {
      BitSet found = in(span.of(chunk.text()), language, content);
      inSentence = Math.max(inSentence, found.cardinality());
      inPassage.or(found);
    }
    Evidence evidence = Objects.requireNonNull(candidate.scores().evidence());
    double cosine = Math.max(evidence.sentence(), evidence.passage());
    double all = Math.max(1, content.count());
    return new PassageLikeness(
        embedding == null ? 0 : scale.of(cosine),
        evidence.phrases(),
        inSentence / all,
        inPassage.cardinality() / all,
        evidence.words());
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
