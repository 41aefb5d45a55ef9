package dev.ragline.server.grpc;

import dev.ragline.answering.Answer;
import dev.ragline.answering.AnswerEvent;
import dev.ragline.answering.AnswerSpec;
import dev.ragline.answering.Answerer;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Begins to answer and never ends by itself; knows of no deadline, only of interrupts. */
final class BlockingAnswerer implements Answerer {
  private static final int LONGEST_SECONDS = 30;

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();

  @Override
  public Answer answer(
      CorpusId corpus, String question, AnswerSpec spec, Call call, Consumer<AnswerEvent> events) {
    begun.countDown();
    try {
      interrupted.complete(!new CountDownLatch(1).await(LONGEST_SECONDS, TimeUnit.SECONDS));
      throw new IllegalStateException("nobody interrupted");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      interrupted.complete(true);
      throw new RagException(ErrorCode.CANCELLED, "CANCELLED", "cancelled while writing", e);
    }
  }

  void awaitBegun() throws InterruptedException {
    if (!begun.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the question did not arrive");
    }
  }

  /** Waits until the answerer was stopped. */
  void awaitInterrupted() {
    if (!interrupted.orTimeout(LONGEST_SECONDS / 2, TimeUnit.SECONDS).join()) {
      throw new AssertionError("not interrupted");
    }
  }
}
