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
 * @param candidates what became of every chunk that was found, the passages first; empty unless
 *     {@link RetrievalSpec#explain} asks for it
 */
public record Retrieval(
    List<Passage> passages,
    boolean corpusEmpty,
    List<Warning> warnings,
    List<Stage> stages,
    List<CandidateTrace> candidates) {
  public Retrieval {
    passages = List.copyOf(passages);
    warnings = List.copyOf(warnings);
    stages = List.copyOf(stages);
    candidates = List.copyOf(candidates);
  }

  /** Without a word on what became of the others. */
  public Retrieval(
      List<Passage> passages, boolean corpusEmpty, List<Warning> warnings, List<Stage> stages) {
    this(passages, corpusEmpty, warnings, stages, List.of());
  }
}
