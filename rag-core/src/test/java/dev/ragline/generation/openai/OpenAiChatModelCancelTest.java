package dev.ragline.generation.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class OpenAiChatModelCancelTest extends ScriptedChatTest {
  /** What a cancelled chat ended with, and whether its thread was still marked interrupted. */
  private record End(Throwable failure, boolean interrupted) {}

  private Thread start(String script, Runnable atFirstText, CompletableFuture<End> end) {
    OpenAiChatModel model = new OpenAiChatModel(config(script));
    return Thread.ofVirtual()
        .start(
            () -> {
              try (model) {
                model.chat(PROMPT, Call.within(Duration.ofMinutes(1)), t -> atFirstText.run());
                end.completeExceptionally(new AssertionError("the chat ended by itself"));
              } catch (RuntimeException e) {
                end.complete(new End(e, Thread.currentThread().isInterrupted()));
              }
            });
  }

  private void assertCancelled(CompletableFuture<End> end) throws Exception {
    End cancelled = end.get(30, TimeUnit.SECONDS);
    assertThat(cancelled.failure())
        .isInstanceOfSatisfying(
            RagException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(cancelled.interrupted()).isTrue();
    assertThat(llm.awaitClosed(1)).as("answers closed by the client").isEqualTo(1);
  }

  @Test
  void interrupt_beforeHeaders_closesUpstream() throws Exception {
    CompletableFuture<End> end = new CompletableFuture<>();
    Thread thread = start("stall-before-headers", () -> {}, end);
    assertThat(llm.awaitRequests(1)).hasSize(1);

    thread.interrupt();

    assertCancelled(end);
  }

  @Test
  void interrupt_midStream_closesUpstream() throws Exception {
    CompletableFuture<End> end = new CompletableFuture<>();
    CountDownLatch firstText = new CountDownLatch(1);
    Thread thread = start("stall-mid-stream", firstText::countDown, end);
    assertThat(firstText.await(30, TimeUnit.SECONDS)).isTrue();

    thread.interrupt();

    assertCancelled(end);
  }

  @Test
  void interrupt_byTheConsumerItself_endsTheChat() throws Exception {
    CompletableFuture<End> end = new CompletableFuture<>();
    start("gated", () -> Thread.currentThread().interrupt(), end);

    assertCancelled(end);
  }

  @Test
  void interrupt_beforeTheCall_sendsNothing() throws Exception {
    CompletableFuture<End> end = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              Thread.currentThread().interrupt();
              try {
                chat("ok", Call.UNLIMITED, text -> {});
              } catch (RagException e) {
                end.complete(new End(e, Thread.currentThread().isInterrupted()));
              }
            });

    assertThat(end.get(30, TimeUnit.SECONDS).failure()).hasMessageContaining("cancelled");
    assertThat(llm.awaitRequests(0)).isEmpty();
  }

  @Test
  void chat_consumerBlocks_upstreamCannotSendAhead() throws Exception {
    CompletableFuture<End> end = new CompletableFuture<>();
    CompletableFuture<Long> sent = new CompletableFuture<>();
    Thread thread =
        start(
            "flood",
            () -> {
              // Holds the chat at its first text until the server can get rid of no more.
              if (!sent.isDone()) {
                sent.complete(llm.awaitFloodStandstill());
                // Or else a fast reader is at the flood's end before the interrupt comes.
                while (!Thread.currentThread().isInterrupted()) {
                  LockSupport.park();
                }
              }
            },
            end);

    assertThat(sent.get(60, TimeUnit.SECONDS))
        .as("bytes that fit into the sockets, of 64 MiB")
        .isGreaterThan(0)
        .isLessThan(32L << 20);
    thread.interrupt();
    assertCancelled(end);
  }
}
