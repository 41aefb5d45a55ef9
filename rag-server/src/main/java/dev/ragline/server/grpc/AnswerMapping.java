package dev.ragline.server.grpc;

import com.google.protobuf.util.Durations;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.Sha256;
import dev.ragline.gating.Confidence;
import dev.ragline.v1.AbstainReason;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerConfidence;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.AnswerState;
import dev.ragline.v1.Citation;
import dev.ragline.v1.CitationAdded;
import dev.ragline.v1.Completed;
import dev.ragline.v1.Retrieved;
import dev.ragline.v1.Started;
import dev.ragline.v1.TextDelta;
import dev.ragline.v1.Usage;
import dev.ragline.v1.UsageReported;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
              var candidates,
              var sure) -> {
        TraceMapping.Told told = TraceMapping.toProto(corpus, candidates);
        proto.setRetrieved(
            Retrieved.newBuilder()
                .addAllPassages(PassageBounds.within(RetrievalMapping.passages(corpus, passages)))
                .setRewrittenQuestion(Objects.requireNonNullElse(rewritten, ""))
                .addAllCandidates(told.candidates())
                .setCandidatesLeftOut(told.leftOut())
                .setConfidence(confidence(sure)));
      }
      case dev.ragline.answering.AnswerEvent.TextDelta(String text, long startByte) ->
          proto.setTextDelta(TextDelta.newBuilder().setText(text).setStartByte(startByte));
      case dev.ragline.answering.AnswerEvent.CitationAdded(var citation, var claim) ->
          proto.setCitationAdded(
              CitationAdded.newBuilder().setCitation(toProto(corpus, citation, claim)));
      case dev.ragline.answering.AnswerEvent.Warned(var warning) ->
          proto.setWarning(RetrievalMapping.warning(warning));
      case dev.ragline.answering.AnswerEvent.UsageReported(var usage) ->
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
            .addAllPassages(
                PassageBounds.within(RetrievalMapping.passages(corpus, answer.passages())))
            .setModel(answer.model())
            .setRewrittenQuestion(Objects.requireNonNullElse(answer.rewrittenQuestion(), ""))
            .setUsage(toProto(answer.usage()))
            .addAllStages(RetrievalMapping.stages(answer.stages()))
            .addAllWarnings(RetrievalMapping.warnings(answer.warnings()));
    answer
        .citations()
        .forEach(it -> proto.addCitations(toProto(corpus, it, answer.claimDigest(it))));
    answer.sentences().forEach(sentence -> proto.addSentences(GroundingMapping.toProto(sentence)));
    if (answer.relevance() != null) {
      proto.setRelevance(answer.relevance());
    }
    proto.setConfidence(confidence(answer.confidence()));
    if (answer.abstainReason() != null) {
      proto.setAbstainReason(
          AbstainReason.valueOf("ABSTAIN_REASON_" + answer.abstainReason().name()));
    }
    return proto.build();
  }

  private static AnswerConfidence confidence(@Nullable Confidence confidence) {
    return confidence == null
        ? AnswerConfidence.ANSWER_CONFIDENCE_UNSPECIFIED
        : AnswerConfidence.valueOf("ANSWER_CONFIDENCE_" + confidence.name());
  }

  static AnswerState state(dev.ragline.answering.Answer.State state) {
    return AnswerState.valueOf("ANSWER_STATE_" + state.name());
  }

  private static Citation toProto(
      CorpusId corpus, dev.ragline.answering.Citation citation, Sha256 claim) {
    DocumentId document = citation.chunk().id().document();
    Citation.Builder proto = Citation.newBuilder();
    if (citation.changes() != null) {
      proto.setQuoted(true);
      citation
          .changes()
          .forEach(
              change ->
                  proto
                      .addChangesBuilder()
                      .setSourceRange(DocumentMapping.toProto(change.source()))
                      .setShown(change.shown()));
    }
    return proto
        .setAnswerRange(DocumentMapping.toProto(citation.claim()))
        .setChunk(citation.chunk().id().resourceName(corpus))
        .setDocument(document.resourceName(corpus))
        .setRevision(citation.passage().document().revisionName(corpus))
        .setSourceRange(DocumentMapping.toProto(citation.quote()))
        .setQuoteSha256(citation.quoteDigest().hex())
        .setSupport(citation.support())
        .setPassageRank(citation.passage().rank())
        .setClaimSha256(claim.hex())
        .build();
  }

  private static Usage toProto(dev.ragline.answering.Usage usage) {
    Usage.Builder proto =
        Usage.newBuilder()
            .setPromptTokens(usage.tokens().promptTokens())
            .setCompletionTokens(usage.tokens().completionTokens())
            .setReasoningTokens(usage.tokens().reasoningTokens())
            .setEmbeddingTokens(usage.embeddingTokens())
            .setTokensPerSecond(usage.tokensPerSecond());
    Duration toFirstToken = usage.timeToFirstToken();
    if (toFirstToken != null) {
      proto.setTimeToFirstToken(Durations.fromNanos(toFirstToken.toNanos()));
    }
    return proto.build();
  }
}
