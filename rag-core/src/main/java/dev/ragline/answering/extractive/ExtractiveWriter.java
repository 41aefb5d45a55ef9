package dev.ragline.answering.extractive;

import dev.ragline.answering.Answer;
import dev.ragline.answering.AnswerWriter;
import dev.ragline.answering.QuotablePassage.Quote;
import dev.ragline.answering.Words;
import dev.ragline.call.Call;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.execution.ComputePool;
import dev.ragline.generation.TokenUsage;
import dev.ragline.retrieval.Passage;
import dev.ragline.retrieval.Retrieval;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Answers by quoting a few sentences of the passages, as a reader sees them, without a language
 * model (see {@link Ranking} and {@link Selection} for which). No text is embedded for it: what
 * there is to know of the sentences was found out when they were ingested and retrieved.
 */
public final class ExtractiveWriter implements AnswerWriter {
  private static final String NAME = "extractive";
  private static final int USUAL = 2;

  private final int most;
  private final ComputePool compute;

  /** One that quotes one or two sentences, or the section that answers. */
  public ExtractiveWriter(ComputePool compute) {
    this(USUAL, compute);
  }

  /**
   * One that is more or less brief.
   *
   * @param most sentences at most, where no section answers
   */
  public ExtractiveWriter(int most, ComputePool compute) {
    if (most < 1) {
      throw new IllegalArgumentException("an answer has a sentence");
    }
    this.most = most;
    this.compute = compute;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Outcome write(Assignment assignment, Call call, Draft draft) {
    List<String> ignored = assignment.generation().named();
    if (!ignored.isEmpty()) {
      draft.warn(
          "GENERATION_IGNORED",
          "the answer is quoted, as no language model is configured; passed over: "
              + String.join(", ", ignored));
    }
    return quote(assignment.question(), assignment.found(), call, draft);
  }

  @Override
  public Outcome write(String question, List<Passage> passages, Call call, Draft draft) {
    return write(Assignment.of(question, passages), call, draft);
  }

  private Outcome quote(String question, Retrieval found, Call call, Draft draft) {
    List<Passage> passages = found.passages();
    // A reader may be slow: what is written to it is chosen before, so that no core waits.
    List<Sentence> chosen = compute.run("quote", call, () -> choose(question, found, call));
    if (chosen.isEmpty()) {
      return new Outcome(Answer.State.ABSTAINED, NAME, TokenUsage.NONE);
    }
    for (Sentence sentence : chosen) {
      quote(sentence, passages.get(sentence.section().passage()), draft);
    }
    return new Outcome(Answer.State.COMPLETE, NAME, TokenUsage.NONE);
  }

  /** The sentences to quote, in the order of the answer; none where the passages have none. */
  private List<Sentence> choose(String question, Retrieval found, Call call) {
    List<Sentence> sentences = new ArrayList<>();
    for (int i = 0; i < found.passages().size(); i++) {
      call.check("read passage " + (i + 1));
      sentences.addAll(Outline.of(i, found.passages().get(i)));
    }
    call.check("choose sentences");
    return sentences.isEmpty()
        ? List.of()
        : Selection.of(Ranking.of(question, found, sentences), most);
  }

  private static void quote(Sentence sentence, Passage passage, Draft draft) {
    if (draft.length() > 0) {
      draft.text(" ");
    }
    long start = draft.length();
    draft.text(sentence.text());
    ByteRange claim = new ByteRange(start, draft.length());
    Set<String> words = Words.content(sentence.text());
    double support = Words.support(words, Set.copyOf(Words.all(sentence.text())));
    Chunk chunk =
        passage.chunks().stream()
            .filter(one -> one.id().ordinal() == sentence.chunk())
            .findFirst()
            .orElseThrow();
    draft.cite(new Quote(chunk, sentence.span(), support).cite(claim, passage));
  }

  @Override
  public void close() {}
}
