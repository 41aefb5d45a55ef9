package dev.ragline.transform;

import dev.ragline.document.Language;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether a question follows upon what was said before: a pure function. */
final class FollowUp {
  /** With more words of content, a question says what it is about, whatever it points to. */
  private static final int MOST_WITH_POINTER = 6;

  /** With fewer it hardly does, unless one of them is a name. */
  private static final int FEW = 2;

  private FollowUp() {}

  /** Whether the question needs what was said before. */
  static boolean is(String question, Language language) {
    List<String> tokens = tokens(question);
    if (tokens.isEmpty()) {
      return false;
    }
    List<ContentWord> content = ContentWord.of(question, language);
    Set<String> different = new HashSet<>(content.stream().map(ContentWord::stem).toList());
    if (different.size() > MOST_WITH_POINTER) {
      return false;
    }
    if (Anaphora.opens(tokens.getFirst()) || tokens.stream().anyMatch(Anaphora::pointsBack)) {
      return true;
    }
    return different.size() < FEW && content.stream().noneMatch(ContentWord::name);
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    BreakIterator breaks = BreakIterator.getWordInstance(Locale.ROOT);
    breaks.setText(text);
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
      String token = text.substring(start, end);
      if (token.codePoints().anyMatch(Character::isLetterOrDigit)) {
        tokens.add(token);
      }
    }
    return tokens;
  }
}
