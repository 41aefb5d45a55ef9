package dev.ragline.client;

import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.StreamAskResponse;
import java.util.Iterator;

/**
 * An answer's events as they come, for one thread. Taking them slowly slows the model down; closing
 * stops it, from any thread. {@link #hasNext()} and {@link #next()} throw {@link
 * RagClientException} when the stream ends with a failure, after the events sent before it; a
 * stream cut short never looks like an end.
 */
public final class AnswerStream implements Iterator<AnswerEvent>, AutoCloseable {
  private final ResponseStream<StreamAskRequest, StreamAskResponse> responses;

  AnswerStream(ResponseStream<StreamAskRequest, StreamAskResponse> responses) {
    this.responses = responses;
  }

  @Override
  public boolean hasNext() {
    return responses.hasNext();
  }

  @Override
  public AnswerEvent next() {
    return responses.next().getEvent();
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

  /** Cancels the call on the server where it has not ended. */
  @Override
  public void close() {
    responses.close();
  }
}
