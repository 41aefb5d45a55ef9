package dev.ragline.server.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.protobuf.Message;
import dev.ragline.admission.Admission;
import dev.ragline.admission.AdmittedAnswerer;
import dev.ragline.admission.AdmittedRetriever;
import dev.ragline.answering.Answerer;
import dev.ragline.execution.Execution;
import dev.ragline.generation.ChatModel;
import dev.ragline.operation.OperationLimits;
import dev.ragline.operation.Operations;
import dev.ragline.retrieval.Retriever;
import dev.ragline.server.answers.AnswerArchive;
import dev.ragline.server.answers.AnswerLogs;
import dev.ragline.server.config.AnswersConfig;
import java.time.InstantSource;
import java.util.Optional;

/** The gRPC edge over the core. */
public final class GrpcModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(Calls.class).in(Singleton.class);
    bind(CorpusGrpcService.class).in(Singleton.class);
    bind(IngestGrpcService.class).in(Singleton.class);
    bind(AnswerCalls.class).in(Singleton.class);
    bind(EvaluationGrpcService.class).in(Singleton.class);
    bind(OperationsGrpcService.class).in(Singleton.class);
    bind(Services.class).in(Singleton.class);
    bind(GrpcEdge.class).in(Singleton.class);
  }

  /**
   * Questions from outside are let in within limits; evaluations, which ask by themselves, are not.
   */
  @Provides
  @Singleton
  static AskGrpcService questions(
      Retriever retriever,
      Answerer answerer,
      Admission admission,
      AnswerCalls answers,
      Calls calls) {
    return new AskGrpcService(
        new AdmittedRetriever(retriever, admission),
        new AdmittedAnswerer(answerer, admission),
        answers,
        calls);
  }

  /** All kinds of long work, whose progress and results are messages. */
  @Provides
  @Singleton
  static Operations<Message, Message> operations(InstantSource clock, Execution execution) {
    return new Operations<>(
        OperationLimits.DEFAULT, clock, execution.waiting(), Statuses::describe);
  }

  /** What is refused under overload; answers take seconds where a language model writes them. */
  @Provides
  @Singleton
  static LoadShedder shedder(Execution execution, Optional<ChatModel> model) {
    return new LoadShedder(execution.compute(), model.isPresent());
  }

  /** All answers that can be read again. */
  @Provides
  @Singleton
  static AnswerLogs answers(
      AnswersConfig config, AnswerArchive archive, InstantSource clock, Execution execution) {
    return new AnswerLogs(config, archive, clock, System::nanoTime, Statuses::describe, execution);
  }
}
