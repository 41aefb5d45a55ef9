package dev.ragline.server.grpc;

import dev.ragline.answering.AnswerEvent;
import dev.ragline.answering.AnswerId;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.server.answers.AnswerLogs;
import dev.ragline.server.answers.AnswerReader;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Freshness;
import dev.ragline.v1.Answer;
import dev.ragline.v1.OnDisconnect;
import dev.ragline.v1.StreamAskRequest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

/** Has answers written into logs, and reads them from there. */
final class AnswerCalls {
  private final AnswerLogs logs;
  private final ChunkStore store;

  @Inject
  AnswerCalls(AnswerLogs logs, ChunkStore store) {
    this.logs = logs;
    this.store = store;
  }

  /** Answers, handing over events as they happen. */
  @FunctionalInterface
  interface Answering {
    void answer(Consumer<AnswerEvent> events);
  }

  /** Answers all at once. */
  Answer ask(CorpusId corpus, Answering answering) {
    return logs.record(AnswerId.random(corpus), written(answering));
  }

  /** Answers as a stream. */
  void stream(
      CorpusId corpus,
      StreamAskRequest request,
      Call call,
      Consumer<dev.ragline.v1.AnswerEvent> send,
      Answering answering) {
    AnswerId id =
        request.getAnswerId().isEmpty()
            ? AnswerId.random(corpus)
            : new AnswerId(corpus, UUID.fromString(request.getAnswerId()));
    boolean goesOn = request.getOnDisconnect() == OnDisconnect.ON_DISCONNECT_CONTINUE;
    AnswerLogs.Writing writing = written(answering);
    follow(goesOn ? logs.askAndContinue(id, call, writing) : logs.ask(id, writing), call, send);
  }

  private static AnswerLogs.Writing written(Answering answering) {
    return events -> answering.answer(event -> events.accept(AnswerMapping.toProto(event)));
  }

  /** Goes on with a stream behind an event, or from its beginning with -1. */
  void resume(AnswerId id, long after, Call call, Consumer<dev.ragline.v1.AnswerEvent> send) {
    follow(logs.resume(id, after, corpusSince(id, call)), call, send);
  }

  /** A finished answer. */
  Answer get(AnswerId id, Call call) {
    return logs.get(id, corpusSince(id, call));
  }

  /** Stops an answer. */
  void cancel(AnswerId id) {
    logs.cancel(id);
  }

  /** A corpus's answers go with it, also where another replica deleted it, or made it anew. */
  private Instant corpusSince(AnswerId id, Call call) {
    try (CorpusSnapshot snapshot = store.snapshot(id.corpus(), Freshness.DEFAULT, call)) {
      return snapshot.corpus().createTime();
    }
  }

  private static void follow(
      AnswerReader answer, Call call, Consumer<dev.ragline.v1.AnswerEvent> send) {
    try (answer) {
      dev.ragline.v1.AnswerEvent event = answer.next(call);
      while (event != null) {
        send.accept(event);
        event = answer.next(call);
      }
    }
  }
}
