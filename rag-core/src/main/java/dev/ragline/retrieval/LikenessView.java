package dev.ragline.retrieval;

import dev.ragline.analysis.ContentWords;
import dev.ragline.analysis.Words;
import dev.ragline.document.Chunk;
import dev.ragline.document.Language;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.parsing.Sentences;
import dev.ragline.parsing.TextSpan;
import dev.ragline.store.CorpusSnapshot;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at the best candidates for how like the question they are. */
final class LikenessView {
  /** Candidates whose words are looked at. */
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
    double sentence = 0;
    double phrases = 0;
    double pieces = 0;
    for (FusedCandidate candidate : ranking) {
      Evidence evidence = candidate.scores().evidence();
      if (evidence != null) {
        sentence = Math.max(sentence, Math.max(evidence.sentence(), evidence.passage()));
        phrases = Math.max(phrases, evidence.phrases());
        pieces = Math.max(pieces, evidence.words());
      }
    }
    boolean blind = embedding == null || !scale.tells();
    double known = embedding == null || blind ? 0 : embedding.coverage();
    WordCounts counts = words(ranking.subList(0, Math.min(FEW, ranking.size())));
    double all = Math.max(1, counts.all);
    return new Likeness(
        known,
        counts.english,
        blind ? 0 : scale.of(sentence),
        phrases,
        counts.inSentence / all,
        counts.inPassage / all,
        pieces,
        counts.all,
        snapshot.stats().chunks());
  }

  /** How many content words the question has, and how many of them a sentence and a passage. */
  private record WordCounts(int all, int inSentence, int inPassage, boolean english) {}

  private WordCounts words(List<FusedCandidate> best) {
    Map<FusedCandidate, Language> languages = new HashMap<>();
    Map<Language, Long> counts = new HashMap<>();
    for (FusedCandidate candidate : best) {
      Language language = language(candidate.chunk());
      languages.put(candidate, language);
      counts.merge(language, 1L, Long::sum);
    }
    ContentWords content = ContentWords.of(question, counts);
    int inSentence = 0;
    int inPassage = 0;
    for (FusedCandidate candidate : best) {
      Language language = languages.getOrDefault(candidate, Language.UNDETERMINED);
      Chunk chunk = candidate.chunk();
      BitSet passage = in(String.join("\n", chunk.headingPath()), language, content);
      for (TextSpan span : Sentences.in(chunk.text())) {
        BitSet found = in(span.of(chunk.text()), language, content);
        inSentence = Math.max(inSentence, found.cardinality());
        passage.or(found);
      }
      inPassage = Math.max(inPassage, passage.cardinality());
    }
    boolean english =
        content.own().contains(Language.ENGLISH) || content.own().contains(Language.UNDETERMINED);
    return new WordCounts(content.count(), inSentence, inPassage, english);
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
