package dev.ragline.server.grpc;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.RagException;
import dev.ragline.evaluation.Configuration;
import dev.ragline.evaluation.EvaluationPlan;
import dev.ragline.evaluation.EvaluationReport;
import dev.ragline.evaluation.EvaluationReport.OfKind;
import dev.ragline.evaluation.EvaluationReport.Result;
import dev.ragline.evaluation.Expected;
import dev.ragline.evaluation.Latency;
import dev.ragline.evaluation.Outcome;
import dev.ragline.evaluation.Question;
import dev.ragline.v1.ConfigurationResult;
import dev.ragline.v1.EvaluateMetadata;
import dev.ragline.v1.EvaluateRequest;
import dev.ragline.v1.EvaluateResponse;
import dev.ragline.v1.EvaluationConfiguration;
import dev.ragline.v1.EvaluationQuestion;
import dev.ragline.v1.ExpectedPassage;
import dev.ragline.v1.FoundInstead;
import dev.ragline.v1.KindResult;
import dev.ragline.v1.QuestionOutcome;
import dev.ragline.v1.RetrievalLatency;
import dev.ragline.v1.RetrievalSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** What to evaluate, from the wire; what was measured, to it. */
final class EvaluationMapping {
  /** As deep as the deepest figure looks. */
  private static final int DEFAULT_LIMIT = 10;

  private static final String DEFAULT_LABEL = "default";

  private EvaluationMapping() {}

  static EvaluationPlan fromProto(EvaluateRequest request) {
    CorpusId corpus = ResourceNames.corpus("corpus", request.getCorpus());
    List<Question> questions = new ArrayList<>(request.getQuestionsCount());
    for (EvaluationQuestion question : request.getQuestionsList()) {
      String field = "questions[%d]".formatted(questions.size());
      questions.add(Fields.below(field, () -> fromProto(question)));
    }
    List<Configuration> configurations = new ArrayList<>();
    for (EvaluationConfiguration configuration : configurations(request)) {
      String field = "configurations[%d]".formatted(configurations.size());
      configurations.add(Fields.below(field, () -> fromProto(configuration)));
    }
    return new EvaluationPlan(
        corpus, questions, configurations, request.getAnswers(), request.getSeed());
  }

  private static List<EvaluationConfiguration> configurations(EvaluateRequest request) {
    return request.getConfigurationsCount() == 0
        ? List.of(EvaluationConfiguration.getDefaultInstance())
        : request.getConfigurationsList();
  }

  private static Question fromProto(EvaluationQuestion question) {
    List<Expected> expected = new ArrayList<>();
    for (ExpectedPassage place : question.getExpectedList()) {
      String field = "expected[%d]".formatted(expected.size());
      expected.add(Fields.below(field, () -> fromProto(place)));
    }
    return new Question(
        question.getQuestion(),
        expected,
        question.getAnswersList(),
        question.getUnanswerable(),
        question.getKind());
  }

  private static Expected fromProto(ExpectedPassage place) {
    return new Expected(
        place.getDocument().isEmpty() ? null : new DocumentId(place.getDocument()),
        place.getSection(),
        place.getText());
  }

  private static Configuration fromProto(EvaluationConfiguration configuration) {
    if (!configuration.getLabel().isEmpty() && configuration.getLabel().isBlank()) {
      throw RagException.invalid("label", "is blank");
    }
    RetrievalSpec given = configuration.getRetrieval();
    return new Configuration(
        configuration.getLabel().isEmpty() ? DEFAULT_LABEL : configuration.getLabel(),
        RetrievalMapping.fromProto(inForce(given)),
        RetrievalMapping.fromProto(given));
  }

  private static RetrievalSpec inForce(RetrievalSpec given) {
    return given.getLimit() == 0 ? given.toBuilder().setLimit(DEFAULT_LIMIT).build() : given;
  }

  /** How far a plan is, by the number of its questions that are done. */
  static IntFunction<EvaluateMetadata> metadata(EvaluationPlan plan, Instant start) {
    EvaluateMetadata begun =
        EvaluateMetadata.newBuilder()
            .setCorpus(plan.corpus().resourceName())
            .setQuestionsTotal(plan.questions().size())
            .setCreateTime(Timestamps.fromMillis(start.toEpochMilli()))
            .build();
    return done -> begun.toBuilder().setQuestionsDone(done).build();
  }

  static EvaluateResponse toProto(
      EvaluateRequest request, EvaluationPlan plan, EvaluationReport report) {
    EvaluateResponse.Builder response =
        EvaluateResponse.newBuilder()
            .setQuestions(plan.questions().size())
            .setWithExpected(count(plan, question -> !question.expected().isEmpty()))
            .setWithAnswers(count(plan, question -> !question.answers().isEmpty()))
            .setUnanswerable(count(plan, Question::unanswerable))
            .setResamples(report.resamples())
            .addAllWarnings(RetrievalMapping.warnings(report.warnings()));
    List<EvaluationConfiguration> configurations = configurations(request);
    for (int i = 0; i < configurations.size(); i++) {
      response.addConfigurations(
          toProto(
              plan.corpus(),
              inForce(configurations.get(i).getRetrieval()),
              report.configurations().get(i)));
    }
    return response.build();
  }

  private static int count(EvaluationPlan plan, Predicate<Question> condition) {
    return (int) plan.questions().stream().filter(condition).count();
  }

  private static ConfigurationResult toProto(
      CorpusId corpus, RetrievalSpec retrieval, Result result) {
    ConfigurationResult.Builder proto =
        ConfigurationResult.newBuilder()
            .setLabel(result.label())
            .setRetrieval(retrieval)
            .setMetrics(MetricsMapping.toProto(result.metrics()))
            .setLatency(toProto(result.latency()))
            .addAllWarnings(RetrievalMapping.warnings(result.warnings()));
    if (!result.differences().isEmpty()) {
      proto.setDifference(MetricsMapping.toProto(result.differences()));
    }
    result.outcomes().forEach(outcome -> proto.addOutcomes(toProto(corpus, outcome)));
    result.kinds().forEach(kind -> proto.addKinds(toProto(kind)));
    return proto.build();
  }

  private static KindResult toProto(OfKind kind) {
    KindResult.Builder proto =
        KindResult.newBuilder()
            .setKind(kind.kind())
            .setQuestions(kind.questions())
            .setMetrics(MetricsMapping.toProto(kind.metrics()));
    if (!kind.differences().isEmpty()) {
      proto.setDifference(MetricsMapping.toProto(kind.differences()));
    }
    return proto.build();
  }

  private static RetrievalLatency toProto(Latency latency) {
    return RetrievalLatency.newBuilder()
        .setP50(Durations.fromNanos(latency.p50().toNanos()))
        .setP90(Durations.fromNanos(latency.p90().toNanos()))
        .setP99(Durations.fromNanos(latency.p99().toNanos()))
        .build();
  }

  private static QuestionOutcome toProto(CorpusId corpus, Outcome outcome) {
    QuestionOutcome.Builder proto =
        QuestionOutcome.newBuilder()
            .setRank(outcome.rank())
            .setDocumentRank(outcome.documentRank())
            .setSectionRank(outcome.sectionRank())
            .setElapsed(Durations.fromNanos(outcome.elapsed().toNanos()));
    for (Outcome.Found found : outcome.found()) {
      proto.addFound(
          FoundInstead.newBuilder()
              .setChunk(found.chunk().resourceName(corpus))
              .setExcerpt(found.excerpt())
              .setRight(found.right()));
    }
    Outcome.Answered answered = outcome.answered();
    if (answered != null) {
      proto
          .setAnswerState(AnswerMapping.state(answered.state()))
          .setAnswered(answered.right())
          .setAnswer(answered.text());
      if (answered.relevance() != null) {
        proto.setRelevance(answered.relevance());
      }
    }
    return proto.build();
  }
}
