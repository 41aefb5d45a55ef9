package dev.ragline.server.answers;

import dev.ragline.document.RagException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reading of an answer. It has no thread: whoever has news (the writer, a transport that can
 * take more, the clock) pumps, and one of them sends while the others only leave word that there is
 * more. Nothing here waits.
 */
public final class AnswerSubscription {
  private static final Logger log = LoggerFactory.getLogger(AnswerSubscription.class);

  /** The place of a reader that takes no events and has the end only. */
  static final long BEHIND_ALL = Long.MAX_VALUE;

  private final AnswerLog answer;
  private final AnswerSubscriber subscriber;

  /** How often it was asked to send since the one who sends has looked. */
  private final AtomicInteger asked = new AtomicInteger();

  private volatile @Nullable RagException cancelled;

  /** Whether the end was sent; only for the one who sends. */
  private boolean over;

  /** The sequence of the next event to take; guarded by the answer's lock. */
  long next;

  AnswerSubscription(AnswerLog answer, AnswerSubscriber subscriber, long next) {
    this.answer = answer;
    this.subscriber = subscriber;
    this.next = next;
  }

  /** Sends what is there and can be taken. */
  public void pump() {
    if (asked.getAndIncrement() > 0) {
      return; // whoever sends looks again
    }
    int seen = 1;
    do {
      send();
      seen = asked.addAndGet(-seen);
    } while (seen > 0);
  }

  /**
   * Ends the reading, with this failure; the answer goes on for others who read it, and without any
   * as long as its lease says.
   */
  public void cancel(RagException failure) {
    if (cancelled == null) {
      cancelled = failure;
    }
    answer.leave(this);
    pump();
  }

  /** What the reader ended with, if it did. */
  @Nullable RagException cancelled() {
    return cancelled;
  }

  private void send() {
    try {
      while (!over && sendOne()) {}
    } catch (RuntimeException | Error e) {
      giveUp(e);
    }
  }

  /** A reader that cannot be told must not be the end of the answer, which others read. */
  private void giveUp(Throwable failure) {
    log.warn("a reader of {} is given up", answer.id().resourceName(), failure);
    over = true;
    answer.leave(this);
    try {
      subscriber.onError(AnswerFailures.broken());
    } catch (RuntimeException | Error e) {
      log.warn("and cannot be told so", e);
    }
  }

  /** Sends an event or the end; returns whether there was something to send. */
  private boolean sendOne() {
    RagException failure = cancelled;
    if (failure != null) {
      end(failure);
      return true;
    }
    return switch (answer.take(this, subscriber.isReady())) {
      case Taken.Nothing _ -> false;
      case Taken.Event(var event) -> {
        subscriber.onNext(event);
        yield true;
      }
      case Taken.End(var problem) -> {
        end(problem);
        yield true;
      }
    };
  }

  private void end(@Nullable RagException failure) {
    over = true;
    answer.leave(this); // which may be kept for longer than this
    if (failure == null) {
      subscriber.onCompleted();
    } else {
      subscriber.onError(failure);
    }
  }
}
