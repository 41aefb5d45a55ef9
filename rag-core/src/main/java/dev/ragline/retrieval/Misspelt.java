package dev.ragline.retrieval;

import dev.ragline.analysis.ContentWords;
import dev.ragline.analysis.Misspelling;
import dev.ragline.analysis.Words;
import dev.ragline.document.Language;
import dev.ragline.retrieval.LikenessView.Looked;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds words of a question that no candidate has, and that one nearly has. */
final class Misspelt {
  private static final Pattern WORD = Pattern.compile("\\p{L}+");

  private Misspelt() {}

  /** The candidates with the words that they nearly have. */
  static List<Looked> in(List<Looked> candidates, ContentWords question) {
    BitSet missing = new BitSet(question.count());
    missing.set(0, question.count());
    candidates.forEach(it -> missing.andNot(it.words()));
    return missing.isEmpty()
        ? candidates
        : candidates.stream().map(it -> with(it, missing, question)).toList();
  }

  private static Looked with(Looked candidate, BitSet missing, ContentWords question) {
    Set<String> text = words(candidate.candidate().chunk().text(), candidate.language());
    Set<String> near = words(candidate.near(), candidate.language());
    BitSet found = (BitSet) candidate.words().clone();
    int inSentence = candidate.inSentence();
    for (int i = missing.nextSetBit(0); i >= 0; i = missing.nextSetBit(i + 1)) {
      Collection<Set<String>> forms = question.words().get(i).forms().values();
      if (nearly(forms, text)) {
        found.set(i);
        inSentence += nearly(forms, near) ? 1 : 0;
      }
    }
    return candidate.with(found, inSentence);
  }

  /** As they are written, and in their common form: who misspells a word hides its ending. */
  private static Set<String> words(String text, Language language) {
    Set<String> words = new HashSet<>(Words.of(text, language));
    WORD.matcher(text.toLowerCase(Locale.ROOT))
        .results()
        .map(MatchResult::group)
        .forEach(words::add);
    return words;
  }

  private static boolean nearly(Collection<Set<String>> forms, Set<String> text) {
    return forms.stream()
        .flatMap(Set::stream)
        .anyMatch(form -> text.stream().anyMatch(word -> Misspelling.isNear(form, word)));
  }
}
