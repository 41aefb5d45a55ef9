package dev.ragline.retrieval;

import dev.ragline.document.Stage;
import java.util.List;

/**
 * What was found for a question.
 *
 * @param passages by rank
 * @param corpusEmpty whether there was nothing to find
 * @param stages what was done, in order
 */
public record Retrieval(List<Passage> passages, boolean corpusEmpty, List<Stage> stages) {
  public Retrieval {
    passages = List.copyOf(passages);
    stages = List.copyOf(stages);
  }
}
