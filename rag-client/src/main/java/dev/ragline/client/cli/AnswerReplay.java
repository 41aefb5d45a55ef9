package dev.ragline.client.cli;

import com.google.protobuf.ByteString;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.Citation;
import dev.ragline.v1.CitationAdded;
import dev.ragline.v1.Completed;
import dev.ragline.v1.Retrieved;
import dev.ragline.v1.TextDelta;
import java.util.ArrayList;
import java.util.List;

/** The events of which a whole answer could have come, for what shows answers by their events. */
final class AnswerReplay {
  private final List<AnswerEvent> events = new ArrayList<>();
  private final ByteString text;
  private int sent;

  private AnswerReplay(Answer answer) {
    this.text = answer.getTextBytes();
  }

  static List<AnswerEvent> of(Answer answer) {
    AnswerReplay replay = new AnswerReplay(answer);
    Retrieved.Builder retrieved = Retrieved.newBuilder().addAllPassages(answer.getPassagesList());
    replay.add(AnswerEvent.newBuilder().setRetrieved(retrieved));
    answer.getCitationsList().forEach(replay::cite);
    replay.textUpTo(replay.text.size());
    answer
        .getWarningsList()
        .forEach(warning -> replay.add(AnswerEvent.newBuilder().setWarning(warning)));
    replay.add(AnswerEvent.newBuilder().setCompleted(Completed.newBuilder().setAnswer(answer)));
    return replay.events;
  }

  /** A citation stands right behind its claim. */
  private void cite(Citation citation) {
    textUpTo((int) Math.min(text.size(), citation.getAnswerRange().getEnd()));
    add(
        AnswerEvent.newBuilder()
            .setCitationAdded(CitationAdded.newBuilder().setCitation(citation)));
  }

  private void textUpTo(int end) {
    if (end > sent) {
      TextDelta.Builder delta =
          TextDelta.newBuilder().setTextBytes(text.substring(sent, end)).setStartByte(sent);
      add(AnswerEvent.newBuilder().setTextDelta(delta));
      sent = end;
    }
  }

  private void add(AnswerEvent.Builder event) {
    events.add(event.build());
  }
}
