package dev.ragline.client.verification;

import dev.ragline.client.RagClient;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import java.util.List;
import java.util.Optional;

/**
 * Checks answers against the server that gave them, trusting neither: that the answer is the one
 * that its digest was made of, that every claim is a part of it, that every quote and passage is
 * found byte for byte in the revision that it names, whose bytes have the digest in that name, and
 * in the chunk that it names, and that a claim that is a quote is what a reader sees of its bytes.
 * It does not check what a sentence means.
 *
 * <p>A document that was replaced or deleted since the answer was given is a finding: the server
 * holds current revisions only.
 */
public final class AnswerVerifier {
  private final RagClient client;

  /**
   * @param client stays open
   */
  public AnswerVerifier(RagClient client) {
    this.client = client;
  }

  /**
   * Checks an answer.
   *
   * @throws dev.ragline.client.RagClientException when the server cannot be asked
   */
  public Verification verify(Answer answer) {
    return verify(answer, new Findings());
  }

  /**
   * Checks the answer that a stream ended with, and that the events before add up to it.
   *
   * @return nothing where no event holds the whole answer
   * @throws dev.ragline.client.RagClientException when the server cannot be asked
   */
  public Optional<Verification> verify(List<AnswerEvent> events) {
    Optional<Answer> answer =
        events.stream()
            .filter(AnswerEvent::hasCompleted)
            .map(event -> event.getCompleted().getAnswer())
            .reduce((first, last) -> last);
    Findings findings = new Findings();
    answer.ifPresent(whole -> new EventCheck(whole, findings).run(events));
    return answer.map(whole -> verify(whole, findings));
  }

  private Verification verify(Answer answer, Findings findings) {
    new AnswerCheck(answer, findings).run();
    SourceCheck sources = new SourceCheck(new ServerSources(client), findings);
    for (int i = 0; i < answer.getCitationsCount(); i++) {
      sources.citation(answer, answer.getCitations(i), "citations[" + i + "]");
    }
    for (int i = 0; i < answer.getPassagesCount(); i++) {
      sources.passage(answer.getPassages(i), "passages[" + i + "]");
    }
    return new Verification(answer.getCitationsCount(), answer.getPassagesCount(), findings.all());
  }
}
