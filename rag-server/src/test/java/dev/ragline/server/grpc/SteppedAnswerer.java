package dev.ragline.server.grpc;

import dev.ragline.answering.Answer;
import dev.ragline.answering.AnswerEvent;
import dev.ragline.answering.AnswerId;
import dev.ragline.answering.AnswerSpec;
import dev.ragline.answering.Answerer;
import dev.ragline.answering.Usage;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Says one word for each permit, and then its last. */
final class SteppedAnswerer implements Answerer {
  private static final int LONGEST_SECONDS = 30;

  /** How often it was asked. */
  final AtomicInteger asked = new AtomicInteger();

  private final int words;
  private final Semaphore steps = new Semaphore(0);
  private final CompletableFuture<Boolean> stopped = new CompletableFuture<>();

  SteppedAnswerer(int words) {
    this.words = words;
  }

  /** Lets it say more words. */
  void step(int count) {
    steps.release(count);
  }

  /** Waits until it was stopped. */
  void awaitStopped() {
    if (!stopped.orTimeout(LONGEST_SECONDS / 2, TimeUnit.SECONDS).join()) {
      throw new AssertionError("not stopped");
    }
  }

  @Override
  public Answer answer(
      CorpusId corpus, String question, AnswerSpec spec, Call call, Consumer<AnswerEvent> events) {
    asked.incrementAndGet();
    AnswerId id = AnswerId.random(corpus);
    StringBuilder text = new StringBuilder();
    long sequence = 0;
    try {
      emit(events, id, sequence++, new AnswerEvent.Started("steps"));
      emit(events, id, sequence++, new AnswerEvent.Retrieved(List.of()));
      for (int i = 0; i < words; i++) {
        if (!steps.tryAcquire(LONGEST_SECONDS, TimeUnit.SECONDS)) {
          throw new IllegalStateException("nobody let it go on");
        }
        String word = "w" + i + " ";
        emit(events, id, sequence++, new AnswerEvent.TextDelta(word, text.length()));
        text.append(word);
      }
      Answer answer = whole(id, text.toString());
      emit(events, id, sequence, new AnswerEvent.Completed(answer));
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped.complete(true);
      throw new RagException(ErrorCode.CANCELLED, "CANCELLED", "cancelled while writing", e);
    } catch (RagException e) {
      stopped.complete(true);
      throw e;
    }
  }

  private static void emit(
      Consumer<AnswerEvent> events, AnswerId id, long sequence, AnswerEvent.Happening what) {
    events.accept(new AnswerEvent(id, sequence, Duration.ofMillis(sequence), what));
  }

  private static Answer whole(AnswerId id, String text) {
    return new Answer(
        id,
        Answer.State.COMPLETE,
        text,
        List.of(),
        List.of(),
        List.of(),
        null,
        "steps",
        Usage.NONE,
        List.of(),
        List.of(),
        null,
        null,
        null);
  }
}
