package dev.ragline.retrieval;

import dev.ragline.document.Stage;
import dev.ragline.document.Warning;
import java.util.List;

/**
 * What was found for a question.
 *
 * @param passages by rank
 * @param corpusEmpty whether there was nothing to find
 * @param warnings what could not be done as asked
 * @param stages what was done, in order
 */
public record Retrieval(
    List<Passage> passages, boolean corpusEmpty, List<Warning> warnings, List<Stage> stages) {
  public Retrieval {
    passages = List.copyOf(passages);
    warnings = List.copyOf(warnings);
    stages = List.copyOf(stages);
  }
}
