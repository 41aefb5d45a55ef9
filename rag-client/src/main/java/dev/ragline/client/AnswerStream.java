package dev.ragline.client;

import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import io.grpc.CallOptions;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An answer's events as they come, for one thread. When the connection breaks, the stream goes on
 * where it was, as {@link Resuming} says. Closing stops the answer, from any thread. {@link
 * #hasNext()} and {@link #next()} throw {@link RagClientException} when the stream ends with a
 * failure, after the events sent before it; a stream cut short never looks like an end.
 */
public final class AnswerStream implements Iterator<AnswerEvent>, AutoCloseable {
  private final Calls calls;
  private final OpenAnswers open;
  private final AnswerProgress progress;
  private final AnswerProgress.Opener<EventCall<?>> opener;
  private EventCall<?> call;
  private @Nullable RagClientException failure;
  private boolean ended;
  private volatile boolean closed;

  AnswerStream(Calls calls, CallOptions options, OpenAnswers open, AnswerProgress progress) {
    this.calls = calls;
    this.open = open;
    this.progress = progress;
    this.opener = EventCall.opener(calls, options);
    this.call = progress.open(opener);
    open.add(this, this::close);
  }

  @Override
  public boolean hasNext() {
    while (!ended) {
      EventCall<?> current = current();
      try {
        ended = !current.hasNext();
        return !ended;
      } catch (RagClientException e) {
        ended = progress.isEndedBy(e);
        if (!ended) {
          goOn(e, current.isDelivered());
        }
      }
    }
    return false;
  }

  @Override
  public AnswerEvent next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      return progress.received(current().next());
    } catch (RagClientException e) {
      failure = e;
      throw e;
    }
  }

  private synchronized EventCall<?> current() {
    RagClientException known = failure;
    if (known != null) {
      throw known;
    }
    return call;
  }

  private void goOn(RagClientException e, boolean delivered) {
    try {
      if (closed || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      calls.pause(progress.afterFailure(e, delivered), "interrupted while waiting for the server");
    } catch (RagClientException last) {
      failure = last;
      throw last;
    }
    calls.channel().resetConnectBackoff();
    EventCall<?> next = progress.open(opener);
    synchronized (this) {
      call = next;
    }
    if (closed) {
      next.close(); // it was opened while somebody closed the one before
    }
  }

  /**
   * Takes the remaining events and gives the whole answer that the last one carries.
   *
   * @throws RagClientException also when the stream ends without one
   */
  public Answer readToEnd() {
    while (hasNext()) {
      AnswerEvent event = next();
      if (event.hasCompleted()) {
        return event.getCompleted().getAnswer();
      }
    }
    throw RagClientException.protocol("the answer's stream ended without its last event");
  }

  /** The answer's resource name; it is known before the first event. */
  public String answer() {
    return progress.answer();
  }

  /** Stops the answer on the server where it has not ended. */
  @Override
  public void close() {
    EventCall<?> last;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      last = call;
    }
    // First of all: whoever reads closes the client when the call ends.
    if (progress.mustBeStopped()) {
      open.stop(progress.answer());
    }
    last.close();
    open.remove(this);
  }
}
