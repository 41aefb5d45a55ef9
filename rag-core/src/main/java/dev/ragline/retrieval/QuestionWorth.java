package dev.ragline.retrieval;

import dev.ragline.analysis.Question;
import dev.ragline.call.Call;
import dev.ragline.document.Language;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.LanguageFit;
import dev.ragline.embedding.LanguageFits;
import dev.ragline.embedding.QuestionEmbedding;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out what a question's vector is worth: how well the embedding model knows the question's
 * language and one of the corpus's, as it was measured.
 */
final class QuestionWorth {
  /** Of a corpus in many languages, so many of the most frequent are asked for. */
  private static final int MOST_LANGUAGES = 4;

  private final Embedder embedder;
  private final LanguageFits fits;
  private final Map<Language, Long> corpus;
  private final Call call;

  /**
   * @param corpus how many documents of each language the corpus has
   */
  QuestionWorth(Embedder embedder, LanguageFits fits, Map<Language, Long> corpus, Call call) {
    this.embedder = embedder;
    this.fits = fits;
    this.corpus = corpus;
    this.call = call;
  }

  /** The same vector with what it is worth; as the vocabulary says, where nothing was measured. */
  QuestionEmbedding of(String question, QuestionEmbedding embedding) {
    Language language = Question.language(question, corpus);
    Optional<LanguageFit> own = fits.of(embedder, language, call);
    if (own.isEmpty()) {
      return embedding;
    }
    double known = own.get().knowledge();
    if (known > 0 && !corpus.containsKey(language)) {
      known = Math.min(known, best());
    }
    return embedding.measured(known, own.get().stretch());
  }

  /** What the model knows of the corpus's language that it knows best; 1 where none can be told. */
  private double best() {
    List<Language> frequent =
        corpus.entrySet().stream()
            .sorted(
                Map.Entry.<Language, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MOST_LANGUAGES)
            .map(Map.Entry::getKey)
            .toList();
    double best = 0;
    boolean told = false;
    for (Language language : frequent) {
      Optional<LanguageFit> fit = fits.of(embedder, language, call);
      told |= fit.isPresent();
      best = Math.max(best, fit.map(LanguageFit::knowledge).orElse(0.0));
      if (best >= 1) {
        return best;
      }
    }
    return told ? best : 1;
  }
}
