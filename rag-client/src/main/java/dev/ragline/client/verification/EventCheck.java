package dev.ragline.client.verification;

import dev.ragline.client.verification.Finding.Kind;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.Citation;
import dev.ragline.v1.Passage;
import java.util.ArrayList;
import java.util.List;

/** Checks that the events of a stream add up to the answer that it ended with. */
final class EventCheck {
  private final Answer answer;
  private final Findings findings;
  private final StringBuilder text = new StringBuilder();
  private final List<Citation> citations = new ArrayList<>();
  private final List<Passage> passages = new ArrayList<>();

  EventCheck(Answer answer, Findings findings) {
    this.answer = answer;
    this.findings = findings;
  }

  void run(List<AnswerEvent> events) {
    for (int i = 0; i < events.size(); i++) {
      AnswerEvent event = events.get(i);
      String place = "events[" + i + "]";
      require(event.getSequence() == i, place + ".sequence", "events are numbered from 0");
      require(
          event.getAnswer().equals(answer.getName()), place + ".answer", "is of another answer");
      switch (event.getEventCase()) {
        case RETRIEVED -> passages.addAll(event.getRetrieved().getPassagesList());
        case TEXT_DELTA -> text.append(event.getTextDelta().getText());
        case CITATION_ADDED -> citations.add(event.getCitationAdded().getCitation());
        default -> {} // adds nothing that is checked
      }
    }
    require(text.toString().equals(answer.getText()), "text", "the text sent is another one");
    require(
        citations.equals(answer.getCitationsList()), "citations", "the citations sent are others");
    require(passages.equals(answer.getPassagesList()), "passages", "the passages sent are others");
  }

  private void require(boolean met, String place, String message) {
    findings.require(met, Kind.EVENTS_DIFFER, place, message);
  }
}
