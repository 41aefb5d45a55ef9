package dev.ragline.server.grpc;

import com.google.protobuf.util.Durations;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.GroundingSettings;
import dev.ragline.generation.TokenUsage;
import dev.ragline.v1.AbstainReason;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.AnswerState;
import dev.ragline.v1.Citation;
import dev.ragline.v1.CitationAdded;
import dev.ragline.v1.Completed;
import dev.ragline.v1.GroundingSpec;
import dev.ragline.v1.Retrieved;
import dev.ragline.v1.Started;
import dev.ragline.v1.TextDelta;
import dev.ragline.v1.Usage;
import dev.ragline.v1.UsageReported;
import java.util.Objects;

/** Answers and their events on their way to the wire. */
final class AnswerMapping {
  private AnswerMapping() {}

  static AnswerEvent toProto(dev.ragline.answering.AnswerEvent event) {
    AnswerEvent.Builder proto =
        AnswerEvent.newBuilder()
            .setAnswer(event.answer().resourceName())
            .setSequence(event.sequence())
            .setElapsed(Durations.fromNanos(event.elapsed().toNanos()));
    CorpusId corpus = event.answer().corpus();
    switch (event.happening()) {
      case dev.ragline.answering.AnswerEvent.Started(String model) ->
          proto.setStarted(Started.newBuilder().setModel(model));
      case dev.ragline.answering.AnswerEvent.Retrieved(
              var passages,
              var rewritten,
              var candidates) ->
          proto.setRetrieved(
              Retrieved.newBuilder()
                  .addAllPassages(RetrievalMapping.passages(corpus, passages))
                  .setRewrittenQuestion(Objects.requireNonNullElse(rewritten, ""))
                  .addAllCandidates(TraceMapping.toProto(corpus, candidates)));
      case dev.ragline.answering.AnswerEvent.TextDelta(String text, long startByte) ->
          proto.setTextDelta(TextDelta.newBuilder().setText(text).setStartByte(startByte));
      case dev.ragline.answering.AnswerEvent.CitationAdded(var citation) ->
          proto.setCitationAdded(CitationAdded.newBuilder().setCitation(toProto(corpus, citation)));
      case dev.ragline.answering.AnswerEvent.Warned(var warning) ->
          proto.setWarning(RetrievalMapping.warning(warning));
      case dev.ragline.answering.AnswerEvent.UsageReported(TokenUsage usage) ->
          proto.setUsageReported(UsageReported.newBuilder().setUsage(toProto(usage)));
      case dev.ragline.answering.AnswerEvent.Completed(var answer) ->
          proto.setCompleted(Completed.newBuilder().setAnswer(toProto(answer)));
    }
    return proto.build();
  }

  static Answer toProto(dev.ragline.answering.Answer answer) {
    CorpusId corpus = answer.id().corpus();
    Answer.Builder proto =
        Answer.newBuilder()
            .setName(answer.id().resourceName())
            .setState(state(answer.state()))
            .setText(answer.text())
            .addAllPassages(RetrievalMapping.passages(corpus, answer.passages()))
            .setModel(answer.model())
            .setRewrittenQuestion(Objects.requireNonNullElse(answer.rewrittenQuestion(), ""))
            .setUsage(toProto(answer.usage()))
            .addAllStages(RetrievalMapping.stages(answer.stages()))
            .addAllWarnings(RetrievalMapping.warnings(answer.warnings()));
    answer.citations().forEach(citation -> proto.addCitations(toProto(corpus, citation)));
    if (answer.relevance() != null) {
      proto.setRelevance(answer.relevance());
    }
    if (answer.abstainReason() != null) {
      proto.setAbstainReason(
          AbstainReason.valueOf("ABSTAIN_REASON_" + answer.abstainReason().name()));
    }
    return proto.build();
  }

  /** When to answer; what is left open, the corpus says. */
  static GroundingSettings fromProto(GroundingSpec grounding) {
    return grounding.hasThreshold()
        ? new GroundingSettings(grounding.getThreshold())
        : GroundingSettings.DEFAULT;
  }

  static AnswerState state(dev.ragline.answering.Answer.State state) {
    return AnswerState.valueOf("ANSWER_STATE_" + state.name());
  }

  private static Citation toProto(CorpusId corpus, dev.ragline.answering.Citation citation) {
    DocumentId document = citation.chunk().id().document();
    return Citation.newBuilder()
        .setAnswerRange(DocumentMapping.toProto(citation.claim()))
        .setChunk(citation.chunk().id().resourceName(corpus))
        .setDocument(document.resourceName(corpus))
        .setRevision(citation.passage().document().revisionName(corpus))
        .setSourceRange(DocumentMapping.toProto(citation.quote()))
        .setQuoteSha256(citation.quoteDigest().hex())
        .setSupport(citation.support())
        .setPassageRank(citation.passage().rank())
        .build();
  }

  private static Usage toProto(TokenUsage usage) {
    return Usage.newBuilder()
        .setPromptTokens(usage.promptTokens())
        .setCompletionTokens(usage.completionTokens())
        .build();
  }
}
