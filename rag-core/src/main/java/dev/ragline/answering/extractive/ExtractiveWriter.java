package dev.ragline.answering.extractive;

import dev.ragline.answering.Answer;
import dev.ragline.answering.AnswerWriter;
import dev.ragline.answering.Citation;
import dev.ragline.answering.QuotablePassage.Quote;
import dev.ragline.answering.Words;
import dev.ragline.answering.extractive.Completion.Shown;
import dev.ragline.call.Call;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.reading.TextSpan;
import dev.ragline.execution.ComputePool;
import dev.ragline.generation.TokenUsage;
import dev.ragline.retrieval.Grounds;
import dev.ragline.retrieval.Passage;
import dev.ragline.retrieval.Retrieval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Answers by quoting a few sentences of the passages, as a reader sees them, without a language
 * model (see {@link Ranking} and {@link Selection} for which): with them a table's row has the
 * names of its columns, a lead-in its list, and an announced command is shown line by line. No text
 * is embedded for it: what there is to know of the sentences was found out when they were ingested
 * and retrieved.
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
    return quote(assignment.core(), assignment.found(), call, draft);
  }

  @Override
  public Outcome write(String question, List<Passage> passages, Call call, Draft draft) {
    return write(Assignment.of(question, passages), call, draft);
  }

  private Outcome quote(String question, Retrieval found, Call call, Draft draft) {
    List<Passage> passages = found.passages();
    // A reader may be slow: what is written to it is chosen before, so that no core waits.
    List<Shown> chosen = compute.run("quote", call, () -> choose(question, found, call));
    if (chosen.isEmpty()) {
      return new Outcome(Answer.State.ABSTAINED, NAME, TokenUsage.NONE);
    }
    Layout layout = new Layout(chosen);
    List<Citation> later = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      Shown shown = chosen.get(i);
      draft.text(layout.before(i));
      Passage passage = passages.get(shown.sentence().section().passage());
      quote(shown, passage, announcing(found), later, draft);
    }
    return new Outcome(Answer.State.COMPLETE, NAME, TokenUsage.NONE);
  }

  private static Map<ChunkId, Chunk> announcing(Retrieval found) {
    Grounds grounds = found.grounds();
    return grounds == null ? Map.of() : grounds.announcing();
  }

  /** The sentences to quote, in the order of the answer; none where the passages have none. */
  private List<Shown> choose(String question, Retrieval found, Call call) {
    List<Sentence> sentences = new ArrayList<>();
    for (int i = 0; i < found.passages().size(); i++) {
      call.check("read passage " + (i + 1));
      sentences.addAll(Outline.of(i, found.passages().get(i), announcing(found)));
    }
    call.check("choose sentences");
    Structure structure = new Structure(sentences);
    if (structure.answering().isEmpty()) {
      return List.of();
    }
    List<Sentence> chosen = Selection.of(Ranking.of(question, found, structure), most);
    return Completion.of(chosen, structure, QuestionKind.of(question));
  }

  /**
   * Writes and cites a sentence. What only says what the next one is about is cited after that,
   * which answers.
   *
   * @param later citations that are still to be made
   */
  private static void quote(
      Shown shown,
      Passage passage,
      Map<ChunkId, Chunk> announcing,
      List<Citation> later,
      Draft draft) {
    Sentence sentence = shown.sentence();
    long start = draft.length();
    draft.text(sentence.text());
    ByteRange claim = new ByteRange(start, draft.length());
    Set<String> words = Words.content(sentence.text());
    double support = Words.support(words, Set.copyOf(Words.all(sentence.text())));
    Chunk chunk = chunk(sentence.chunk(), passage, announcing);
    TextSpan quoted = passage.reading(chunk).sourceSpan(sentence.span());
    Citation citation = new Quote(chunk, quoted, support).citeItself(claim, passage);
    if (shown.subject()) {
      later.add(citation);
    } else {
      draft.cite(citation);
      later.forEach(draft::cite);
      later.clear();
    }
  }

  private static Chunk chunk(int ordinal, Passage passage, Map<ChunkId, Chunk> announcing) {
    ChunkId id = new ChunkId(passage.document().id(), ordinal);
    return passage.chunks().stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseGet(() -> Objects.requireNonNull(announcing.get(id), "a lead-in without a chunk"));
  }

  @Override
  public void close() {}
}
