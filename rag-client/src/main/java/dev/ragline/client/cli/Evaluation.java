package dev.ragline.client.cli;

import com.google.longrunning.Operation;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.client.evaluation.QuestionSet;
import dev.ragline.v1.EvaluateMetadata;
import dev.ragline.v1.EvaluateRequest;
import dev.ragline.v1.EvaluateResponse;
import dev.ragline.v1.EvaluationConfiguration;
import io.grpc.Status;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One evaluation from its questions to its report; Ctrl-C leaves nothing behind on the server. */
final class Evaluation {
  private static final long LONGEST_TIDYING_MILLIS = 10_000;

  private final Shell shell;
  private final RagClient client;
  private @Nullable String operation;
  private boolean stopped;

  Evaluation(Shell shell, RagClient client) {
    this.shell = shell;
    this.client = client;
  }

  /**
   * Runs the evaluation.
   *
   * @param corpus the corpus to ask; empty for a temporary one of the questions' own passages
   */
  EvaluateResponse run(EvaluateRequest.Builder request, String corpus, QuestionSet questions) {
    if (!corpus.isEmpty()) {
      shell.onInterrupt(() -> soon(this::stop));
      return evaluate(request.setCorpus(corpus));
    }
    try (TemporaryCorpus temporary = new TemporaryCorpus(shell, client)) {
      shell.onInterrupt(
          () ->
              soon(
                  () -> {
                    stop();
                    temporary.delete();
                  }));
      temporary.fill(questions.passages());
      for (EvaluationConfiguration.Builder one : request.getConfigurationsBuilderList()) {
        if (one.getRetrieval().getConsistencyToken().isEmpty()) {
          one.getRetrievalBuilder().setConsistencyToken(temporary.token());
        }
      }
      return evaluate(request.setCorpus(temporary.name()));
    }
  }

  /** Tidies up, but does not keep a person waiting for a server that says nothing. */
  private static void soon(Runnable tidying) {
    Thread thread = new Thread(tidying, "tidying");
    thread.setDaemon(true);
    thread.start();
    try {
      thread.join(LONGEST_TIDYING_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private EvaluateResponse evaluate(EvaluateRequest.Builder request) {
    try (EvalProgress progress =
        new EvalProgress(shell, "questions", request.getQuestionsCount())) {
      Operation started = start(request.build());
      Consumer<Operation> tell = latest -> progress.at(done(latest));
      EvaluateResponse report = client.operations().await(started, EvaluateResponse.class, tell);
      client.operations().delete(started.getName());
      return report;
    }
  }

  /** Starting and stopping take turns, so that what was started is known to whoever stops it. */
  private synchronized Operation start(EvaluateRequest request) {
    if (stopped) {
      throw CommandException.failed("interrupted");
    }
    try {
      Operation started = client.evaluate(request);
      operation = started.getName();
      return started;
    } catch (RagClientException e) {
      // Without a reason it is not the server that refuses, but gRPC below it.
      if (e.code() == Status.Code.RESOURCE_EXHAUSTED && e.reason().isEmpty()) {
        throw CommandException.failed(
            "the questions take %d bytes, more than the server takes in one request; ask fewer"
                    .formatted(request.getSerializedSize())
                + " with --questions, or raise its server.max-message-bytes");
      }
      throw e;
    }
  }

  private synchronized void stop() {
    stopped = true;
    if (operation != null) {
      try {
        client.operations().cancel(operation);
      } catch (RagClientException e) {
        shell.note("the evaluation could not be stopped: " + CommandException.describe(e));
      }
    }
  }

  private static int done(Operation operation) {
    try {
      return operation.getMetadata().unpack(EvaluateMetadata.class).getQuestionsDone();
    } catch (InvalidProtocolBufferException e) {
      return 0; // a server that tells in another way how far it is
    }
  }
}
