package dev.ragline.client.verification;

import com.google.protobuf.ByteString;
import dev.ragline.client.verification.Finding.Kind;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerDigest;
import dev.ragline.v1.AnswerSentence;
import dev.ragline.v1.AnswerState;
import dev.ragline.v1.ByteRange;
import dev.ragline.v1.Citation;
import dev.ragline.v1.Passage;
import java.util.List;

/** Checks what an answer says of itself; no server is asked. */
final class AnswerCheck {
  private final Answer answer;
  private final ByteString text;
  private final Findings findings;

  AnswerCheck(Answer answer, Findings findings) {
    this.answer = answer;
    this.text = answer.getTextBytes();
    this.findings = findings;
  }

  void run() {
    digest();
    findings.require(
        (answer.getState() == AnswerState.ANSWER_STATE_ABSTAINED)
            == (answer.getAbstainReasonValue() != 0),
        Kind.REFERENCE_INVALID,
        "abstain_reason",
        "an answer abstains for a reason, and only then");
    for (int i = 0; i < answer.getCitationsCount(); i++) {
      citation(answer.getCitations(i), "citations[" + i + "]");
    }
    long sent = 0;
    for (int i = 0; i < answer.getSentencesCount(); i++) {
      AnswerSentence sentence = answer.getSentences(i);
      sentence(sentence, "sentences[" + i + "]", sent);
      sent = sentence.getAnswerRange().getEnd();
    }
    for (int i = 0; i < answer.getPassagesCount(); i++) {
      passage(answer.getPassages(i), i + 1, "passages[" + i + "]");
    }
  }

  private void digest() {
    if (answer.getAnswerSha256().isEmpty()) {
      findings.add(Kind.DIGEST_MISSING, "answer_sha256", "the answer carries no digest");
      return;
    }
    findings.require(
        answer.getAnswerSha256().equals(AnswerDigest.of(answer)),
        Kind.ANSWER_CHANGED,
        "answer_sha256",
        "the answer is not the one that this digest was made of");
  }

  private void citation(Citation citation, String place) {
    ByteRange range = citation.getAnswerRange();
    if (range(range, place)) {
      findings.require(
          AnswerDigest.sha256(Utf8.cut(text, range)).equals(citation.getClaimSha256()),
          Kind.CLAIM_CHANGED,
          place + ".claim_sha256",
          "the answer's " + Utf8.describe(range) + " are not the claim that was cited");
    }
    share(citation.getSupport(), place + ".support");
    findings.require(
        SourceNames.belongTogether(
            answer.getName(), citation.getChunk(), citation.getDocument(), citation.getRevision()),
        Kind.NAME_INVALID,
        place,
        "chunk, document and revision do not belong together, or to the answer's corpus");
    int rank = citation.getPassageRank();
    boolean known =
        findings.require(
            rank >= 1 && rank <= answer.getPassagesCount(),
            Kind.REFERENCE_INVALID,
            place + ".passage_rank",
            "there is no passage " + rank);
    if (known) {
      Passage passage = answer.getPassages(rank - 1);
      findings.require(
          passage.getDocument().getName().equals(citation.getDocument())
              && passage.getChunk().getRevision().equals(citation.getRevision()),
          Kind.REFERENCE_INVALID,
          place + ".passage_rank",
          "passage " + rank + " is of another document or revision than is cited");
    }
  }

  private void passage(Passage passage, int rank, String place) {
    findings.require(
        passage.getRank() == rank,
        Kind.REFERENCE_INVALID,
        place + ".rank",
        "passages are numbered from 1 in their order");
    String document = passage.getDocument().getName();
    String revision = passage.getChunk().getRevision();
    String chunk = passage.getChunk().getName();
    findings.require(
        passage.getDocument().getRevision().equals(revision)
            && SourceNames.belongTogether(answer.getName(), chunk, document, revision),
        Kind.NAME_INVALID,
        place,
        "chunk, document and revision do not belong together, or to the answer's corpus");
  }

  private void sentence(AnswerSentence sentence, String place, long after) {
    boolean holds = range(sentence.getAnswerRange(), place);
    if (holds) {
      findings.require(
          sentence.getAnswerRange().getStart() >= after,
          Kind.ANSWER_RANGE,
          place + ".answer_range",
          "the sentence begins before the one before it ends");
    }
    share(sentence.getSupport(), place + ".support");
    share(sentence.getLexical(), place + ".lexical");
    List<Integer> citations = sentence.getCitationsList();
    findings.require(
        citations.stream().allMatch(i -> i >= 0 && i < answer.getCitationsCount())
            && sentence.getPassageRank() >= 0
            && sentence.getPassageRank() <= answer.getPassagesCount(),
        Kind.REFERENCE_INVALID,
        place,
        "the sentence refers to a citation or passage that there is not");
  }

  private boolean range(ByteRange range, String place) {
    return findings.require(
        Utf8.holds(text, range),
        Kind.ANSWER_RANGE,
        place + ".answer_range",
        Utf8.describe(range) + " are no whole characters of the answer's text");
  }

  private void share(double value, String place) {
    findings.require(
        value >= 0 && value <= 1, Kind.NUMBER_INVALID, place, value + " is not between 0 and 1");
  }
}
