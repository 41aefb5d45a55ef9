package dev.ragline.retrieval;

import java.util.List;

/**
 * How the best passages for a question are like it.
 *
 * @param known 0…1, how much of the question the embedding model knows; 0 in a search by words
 * @param english whether the question may be in English, as far as the passages' languages tell
 * @param absent share of the question's content words that none of the passages has, 0…1
 * @param words how many content words the question has
 * @param chunks how many chunks the corpus has: among more, more are alike by chance
 * @param passages the best first; at least one
 */
public record Likeness(
    double known,
    boolean english,
    double absent,
    int words,
    long chunks,
    List<PassageLikeness> passages) {
  public Likeness {
    passages = List.copyOf(passages);
    if (passages.isEmpty()) {
      throw new IllegalArgumentException("a likeness is one to passages");
    }
  }
}
