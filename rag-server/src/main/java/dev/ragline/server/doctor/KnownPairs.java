package dev.ragline.server.doctor;

import java.util.List;

/** Questions with passages that answer them, and texts as long as a model reads. */
final class KnownPairs {
  /** Each question is answered by the passage at the same place, and by no other. */
  static final List<String> QUESTIONS =
      List.of(
          "Where are backups kept?",
          "What is the capital of France?",
          "How long is bread baked in the oven?");

  static final List<String> PASSAGES =
      List.of(
          "All backups are kept in a second data centre, encrypted, for ninety days.",
          "Paris is the capital of France and its largest city, on the river Seine.",
          "The bread is baked in a hot oven for forty minutes, until its crust is brown.");

  private static final String HEAD = "The committee met in spring and spoke about the old bridge. ";
  private static final String TAIL = "Penguins swim faster than anybody had thought possible. ";
  private static final String OTHER_TAIL = "Interest on savings is paid at the end of each year. ";

  /** The last part of a long text, in which two of them differ. */
  private static final int TAIL_SHARE = 16;

  private KnownPairs() {}

  /** Counts a text's tokens. */
  @FunctionalInterface
  interface Counter {
    int count(String text);
  }

  /** Two texts of about {@code tokens} tokens, at most so many, that differ at their end only. */
  static List<String> alikeUpToTheEnd(int tokens, Counter counter) {
    int tail = Math.max(8, tokens / TAIL_SHARE);
    String head = text(HEAD, Math.max(0, tokens - tail), counter);
    int left = tokens - counter.count(head);
    return List.of(head + text(TAIL, left, counter), head + text(OTHER_TAIL, left, counter));
  }

  /** Words of a sentence, again and again, as many as fit; ends with a space or is empty. */
  private static String text(String sentence, int tokens, Counter counter) {
    String[] words = sentence.split("(?<= )", -1);
    // Counting all of a long text after each word would take long: whole sentences go first.
    int sentences = tokens / counter.count(sentence);
    StringBuilder text = new StringBuilder(sentence.repeat(sentences));
    while (!text.isEmpty() && counter.count(text.toString()) > tokens) {
      text.setLength(text.length() - sentence.length());
    }
    for (int i = 0; ; i++) {
      String word = words[i % words.length];
      if (counter.count(text + word) > tokens) {
        return text.toString();
      }
      text.append(word);
    }
  }
}
