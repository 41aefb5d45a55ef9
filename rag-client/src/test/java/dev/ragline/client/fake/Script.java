package dev.ragline.client.fake;

import dev.ragline.v1.AbstainReason;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerConfidence;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.AnswerSentence;
import dev.ragline.v1.AnswerState;
import dev.ragline.v1.ByteRange;
import dev.ragline.v1.Chunk;
import dev.ragline.v1.Citation;
import dev.ragline.v1.CitationAdded;
import dev.ragline.v1.Completed;
import dev.ragline.v1.Document;
import dev.ragline.v1.Passage;
import dev.ragline.v1.Retrieved;
import dev.ragline.v1.Started;
import dev.ragline.v1.TextDelta;
import dev.ragline.v1.Warning;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes the events of an answer, numbered as the protocol wants. */
public final class Script {
  private final List<AnswerEvent> events = new ArrayList<>();
  private final Answer.Builder answer = Answer.newBuilder().setName("corpora/faq/answers/1");

  /** Of an answer that is quoted. */
  public Script() {
    this("extractive");
  }

  public Script(String model) {
    add(AnswerEvent.newBuilder().setStarted(Started.newBuilder().setModel(model)));
  }

  /** Passages of which it is not sure that they hold what was asked for. */
  public Script unsure(Passage... passages) {
    answer.addAllPassages(List.of(passages)).setConfidence(AnswerConfidence.ANSWER_CONFIDENCE_LOW);
    return add(
        AnswerEvent.newBuilder()
            .setRetrieved(
                Retrieved.newBuilder()
                    .addAllPassages(List.of(passages))
                    .setConfidence(AnswerConfidence.ANSWER_CONFIDENCE_LOW)));
  }

  public Script retrieved(Passage... passages) {
    answer.addAllPassages(List.of(passages));
    Retrieved.Builder retrieved = Retrieved.newBuilder().addAllPassages(List.of(passages));
    return add(AnswerEvent.newBuilder().setRetrieved(retrieved));
  }

  public Script text(String text) {
    int before = answer.getText().getBytes(StandardCharsets.UTF_8).length;
    answer.setText(answer.getText() + text);
    return add(
        AnswerEvent.newBuilder()
            .setTextDelta(TextDelta.newBuilder().setText(text).setStartByte(before)));
  }

  /** A citation of bytes of a passage's document. */
  public Script cite(Passage passage, int start, int end) {
    Citation citation =
        Citation.newBuilder()
            .setAnswerRange(ByteRange.newBuilder().setEnd(answer.getTextBytes().size()))
            .setChunk(passage.getChunk().getName())
            .setDocument(passage.getDocument().getName())
            .setRevision(passage.getDocument().getRevision())
            .setSourceRange(ByteRange.newBuilder().setStart(start).setEnd(end))
            .setPassageRank(passage.getRank())
            .build();
    answer.addCitations(citation);
    return add(
        AnswerEvent.newBuilder()
            .setCitationAdded(CitationAdded.newBuilder().setCitation(citation)));
  }

  /** A sentence of the text so far, by chars, which are ASCII. */
  public Script sentence(String sentence, double support, boolean unsupported) {
    int start = answer.getText().indexOf(sentence);
    answer.addSentences(
        AnswerSentence.newBuilder()
            .setAnswerRange(
                ByteRange.newBuilder().setStart(start).setEnd(start + sentence.length()))
            .setSupport(support)
            .setUnsupported(unsupported));
    return this;
  }

  public Script warning(String code, String message) {
    Warning warning = Warning.newBuilder().setCode(code).setMessage(message).build();
    answer.addWarnings(warning);
    return add(AnswerEvent.newBuilder().setWarning(warning));
  }

  /** An event of a kind that this client does not know yet. */
  public Script unknown() {
    return add(AnswerEvent.newBuilder());
  }

  public List<AnswerEvent> complete() {
    return end(answer.setState(AnswerState.ANSWER_STATE_COMPLETE));
  }

  public List<AnswerEvent> interrupted() {
    return end(answer.setState(AnswerState.ANSWER_STATE_INTERRUPTED));
  }

  public List<AnswerEvent> abstain(AbstainReason reason) {
    return end(answer.setState(AnswerState.ANSWER_STATE_ABSTAINED).setAbstainReason(reason));
  }

  /** The events so far, without an end. */
  public List<AnswerEvent> cut() {
    return List.copyOf(events);
  }

  private List<AnswerEvent> end(Answer.Builder whole) {
    add(AnswerEvent.newBuilder().setCompleted(Completed.newBuilder().setAnswer(whole)));
    return List.copyOf(events);
  }

  private Script add(AnswerEvent.Builder event) {
    events.add(event.setAnswer(answer.getName()).setSequence(events.size()).build());
    return this;
  }

  /** A passage of the document {@code id}. */
  public static Passage passage(int rank, String id, String heading, String text) {
    String name = "corpora/faq/documents/" + id;
    return Passage.newBuilder()
        .setRank(rank)
        .setFusedScore(1.0 / rank)
        .setDenseScore(0.75 / rank)
        .setDocument(
            Document.newBuilder()
                .setName(name)
                .setTitle("Title of " + id)
                .setUri("faq/" + id)
                .setRevision(name + "/revisions/00"))
        .setChunk(
            Chunk.newBuilder()
                .setName(name + "/chunks/" + rank)
                .setOrdinal(rank)
                .setText(text)
                .addHeadingPath("FAQ")
                .addHeadingPath(heading)
                .setSourceRange(
                    ByteRange.newBuilder().setStart(100L * rank).setEnd(100L * rank + 50)))
        .build();
  }
}
