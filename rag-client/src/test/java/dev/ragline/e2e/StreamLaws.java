package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.ragline.client.AnswerStream;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.Citation;
import dev.ragline.v1.Passage;
import java.util.ArrayList;
import java.util.List;

/** The laws of an answer's stream, as they stand at AnswerEvent in the protocol. */
final class StreamLaws {
  private final List<Citation> citations = new ArrayList<>();
  private List<Passage> passages = List.of();
  private boolean retrieved;
  private ByteString sent = ByteString.EMPTY;

  private StreamLaws() {}

  /** Reads a stream to its end, checks it, and returns the answer. */
  static Answer readWhole(AnswerStream stream) {
    List<AnswerEvent> events = new ArrayList<>();
    stream.forEachRemaining(events::add);
    return checkWhole(events);
  }

  /** Checks the events of a stream that ended with OK, and returns the answer. */
  static Answer checkWhole(List<AnswerEvent> events) {
    StreamLaws laws = new StreamLaws();
    laws.check(events);
    assertThat(events.getLast().hasCompleted()).as("completed is last").isTrue();
    Answer answer = events.getLast().getCompleted().getAnswer();
    assertThat(answer.getName()).isEqualTo(events.getFirst().getAnswer());
    assertThat(answer.getTextBytes()).as("the deltas joined").isEqualTo(laws.sent);
    assertThat(answer.getCitationsList()).isEqualTo(laws.citations);
    assertThat(answer.getPassagesList()).isEqualTo(laws.passages);
    assertThat(answer.getWarningsList())
        .isEqualTo(
            events.stream().filter(AnswerEvent::hasWarning).map(AnswerEvent::getWarning).toList());
    return answer;
  }

  /** Checks the events of a stream that ended with a failure, and returns the text sent. */
  static String checkBroken(List<AnswerEvent> events) {
    StreamLaws laws = new StreamLaws();
    laws.check(events);
    assertThat(events).noneMatch(AnswerEvent::hasCompleted);
    return laws.sent.toStringUtf8();
  }

  private void check(List<AnswerEvent> events) {
    assertThat(events).isNotEmpty();
    assertThat(events.getFirst().hasStarted()).as("started is first").isTrue();
    for (int i = 0; i < events.size(); i++) {
      AnswerEvent event = events.get(i);
      assertThat(event.getSequence()).as("sequences are dense").isEqualTo(i);
      assertThat(event.getAnswer()).isEqualTo(events.getFirst().getAnswer());
      assertThat(event.hasStarted()).as("started comes once").isEqualTo(i == 0);
      assertThat(event.hasCompleted() && i < events.size() - 1).as("early end").isFalse();
      check(event);
    }
  }

  private void check(AnswerEvent event) {
    switch (event.getEventCase()) {
      case RETRIEVED -> {
        assertThat(retrieved).as("retrieved comes once").isFalse();
        retrieved = true;
        passages = event.getRetrieved().getPassagesList();
      }
      case TEXT_DELTA -> {
        assertThat(retrieved).as("passages come before text").isTrue();
        ByteString delta = event.getTextDelta().getTextBytes();
        assertThat(delta.isEmpty()).isFalse();
        assertThat(delta.isValidUtf8()).as("no delta splits a code point").isTrue();
        assertThat(event.getTextDelta().getStartByte()).isEqualTo(sent.size());
        sent = sent.concat(delta);
      }
      case CITATION_ADDED -> {
        Citation citation = event.getCitationAdded().getCitation();
        assertThat(citation.getAnswerRange().getEnd())
            .as("a citation covers bytes already sent")
            .isLessThanOrEqualTo(sent.size());
        citations.add(citation);
      }
      default -> {}
    }
  }
}
