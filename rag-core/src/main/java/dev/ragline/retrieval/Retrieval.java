package dev.ragline.retrieval;

import dev.ragline.document.GenerationSettings;
import dev.ragline.document.Stage;
import dev.ragline.document.Warning;
import dev.ragline.transform.Queries;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was found for a question.
 *
 * @param passages by rank
 * @param corpusEmpty whether there was nothing to find
 * @param warnings what could not be done as asked
 * @param stages what was done, in order
 * @param rewrittenQuestion what was searched for in place of the question; null for itself
 * @param candidates what became of every chunk that was found, the passages first; empty unless
 *     {@link RetrievalSpec#explain} asks for it
 * @param core what of the question the passages were compared with; null for all of it
 * @param generation how the corpus wants answers written
 * @param grounds what is known for answering; null where nobody looked
 */
public record Retrieval(
    List<Passage> passages,
    boolean corpusEmpty,
    List<Warning> warnings,
    List<Stage> stages,
    @Nullable String rewrittenQuestion,
    List<CandidateTrace> candidates,
    @Nullable String core,
    GenerationSettings generation,
    @Nullable Grounds grounds) {
  public Retrieval {
    passages = List.copyOf(passages);
    warnings = List.copyOf(warnings);
    stages = List.copyOf(stages);
    candidates = List.copyOf(candidates);
  }

  /** What was found for the question itself. */
  public Retrieval(
      List<Passage> passages, boolean corpusEmpty, List<Warning> warnings, List<Stage> stages) {
    this(passages, corpusEmpty, warnings, stages, null, List.of());
  }

  /** What was found in a corpus that says nothing of how answers are written. */
  public Retrieval(
      List<Passage> passages,
      boolean corpusEmpty,
      List<Warning> warnings,
      List<Stage> stages,
      @Nullable String rewrittenQuestion,
      List<CandidateTrace> candidates) {
    this(
        passages,
        corpusEmpty,
        warnings,
        stages,
        rewrittenQuestion,
        candidates,
        null,
        GenerationSettings.NONE,
        null);
  }

  /** The same, found after a question was transformed. */
  Retrieval after(Queries queries, List<Warning> before) {
    List<Warning> all = Stream.concat(before.stream(), warnings.stream()).toList();
    return new Retrieval(
        passages,
        corpusEmpty,
        all,
        stages,
        queries.rewritten(),
        candidates,
        queries.question(),
        generation,
        grounds);
  }

  /** The question as it was searched for, which stands alone. */
  public String standaloneQuestion(String question) {
    return rewrittenQuestion == null ? question : rewrittenQuestion;
  }

  /** What of the question the passages were compared with. */
  public String core(String question) {
    return core == null ? standaloneQuestion(question) : core;
  }
}
