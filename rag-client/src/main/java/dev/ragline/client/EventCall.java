package dev.ragline.client;

import dev.ragline.v1.AnswerEvent;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import java.util.function.Function;

/** One call that brings events of an answer. */
final class EventCall<R> {
  private final ResponseStream<?, R> responses;
  private final Delivery delivery;
  private final Function<R, AnswerEvent> event;

  private EventCall(
      ResponseStream<?, R> responses, Delivery delivery, Function<R, AnswerEvent> event) {
    this.responses = responses;
    this.delivery = delivery;
    this.event = event;
  }

  /** Makes calls with the same options. */
  static AnswerProgress.Opener<EventCall<?>> opener(Calls calls, CallOptions options) {
    return new AnswerProgress.Opener<>() {
      @Override
      public <Q, R> EventCall<?> open(
          MethodDescriptor<Q, R> method, Q request, Function<R, AnswerEvent> event) {
        Delivery delivery = new Delivery();
        return new EventCall<>(
            ResponseStream.open(calls, method, delivery.watched(options), request),
            delivery,
            event);
      }
    };
  }

  boolean hasNext() {
    return responses.hasNext();
  }

  AnswerEvent next() {
    return event.apply(responses.next());
  }

  /** Whether the request has left this machine. */
  boolean isDelivered() {
    return delivery.isSent();
  }

  void close() {
    responses.close();
  }
}
