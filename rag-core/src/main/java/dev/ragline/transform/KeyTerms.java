package dev.ragline.transform;

import dev.ragline.analysis.LanguageDetector;
import dev.ragline.document.Language;
import dev.ragline.transform.Turn.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes a question stand alone without a language model: what it points to was most likely said in
 * the last turns, so the words that weigh most there are put behind it. A pure function.
 */
final class KeyTerms {
  /** Turns of the user that are looked at, and as many of the assistant. */
  private static final int TURNS = 3;

  /** What a word of a turn weighs of one in the turn after it. */
  private static final double FADING = 0.5;

  /** Names are what questions point to most. */
  private static final double NAME = 2;

  /** Answers are long: of them only names count, and less. */
  private static final double ANSWER = 0.6;

  /** Chars of a turn that are looked at. */
  private static final int MOST_CHARS = 1500;

  /** More of them bring in what the question does not ask for. */
  private static final int MOST_TERMS = 3;

  /** The share of the heaviest word's weight below which a word is passed over. */
  private static final double LEAST = 0.4;

  private final Language language;
  private final Set<String> known;
  private final Map<String, Double> weights = new HashMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();

  private KeyTerms(String question, Language language) {
    this.language = language;
    this.known =
        ContentWord.of(question, language).stream()
            .map(ContentWord::stem)
            .collect(Collectors.toCollection(HashSet::new));
  }

  /**
   * The question with the terms that it lacks, in the order in which they were said; the question
   * itself where it stands alone.
   */
  static String added(String question, List<Turn> history) {
    Language language = language(question, history);
    if (!FollowUp.is(question, language)) {
      return question;
    }
    KeyTerms terms = new KeyTerms(question, language);
    terms.weigh(history, Role.USER, 1);
    terms.weigh(history, Role.ASSISTANT, ANSWER);
    List<String> best = terms.best();
    return best.isEmpty() ? question : question.strip() + " " + String.join(" ", best);
  }

  private void weigh(List<Turn> history, Role role, double weight) {
    List<Turn> turns = new ArrayList<>(history.stream().filter(t -> t.role() == role).toList());
    List<Turn> last = turns.subList(Math.max(0, turns.size() - TURNS), turns.size());
    for (int i = 0; i < last.size(); i++) {
      double fresh = weight * Math.pow(FADING, last.size() - 1 - i);
      String text = last.get(i).text();
      Set<String> seen = new HashSet<>();
      for (ContentWord word : ContentWord.of(begin(text), language)) {
        boolean counts = role == Role.USER || word.name();
        if (counts && !known.contains(word.stem()) && seen.add(word.stem())) {
          texts.putIfAbsent(word.stem(), word.text());
          weights.merge(word.stem(), word.name() ? NAME * fresh : fresh, Double::sum);
        }
      }
    }
  }

  private static String begin(String text) {
    return text.substring(0, Math.min(MOST_CHARS, text.length()));
  }

  /** A question is too short to tell what it is in; with what was said before it, less so. */
  private static Language language(String question, List<Turn> history) {
    String said =
        history.stream().map(turn -> begin(turn.text())).collect(Collectors.joining("\n"));
    Language language = new LanguageDetector().detect(question + "\n" + said, Map.of());
    return language.equals(Language.UNDETERMINED) ? Language.ENGLISH : language;
  }

  private List<String> best() {
    double heaviest = weights.values().stream().mapToDouble(w -> w).max().orElse(0);
    List<String> order = List.copyOf(texts.keySet());
    Set<String> chosen =
        order.stream()
            .filter(stem -> weights.getOrDefault(stem, 0.0) >= LEAST * heaviest)
            .sorted(
                Comparator.comparingDouble((String stem) -> weights.getOrDefault(stem, 0.0))
                    .reversed()
                    .thenComparingInt(order::indexOf))
            .limit(MOST_TERMS)
            .collect(Collectors.toSet());
    return order.stream()
        .filter(chosen::contains)
        .map(stem -> texts.getOrDefault(stem, ""))
        .toList();
  }
}
