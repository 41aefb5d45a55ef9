package dev.ragline.server.grpc;

import dev.ragline.answering.AnswerId;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.server.answers.AnswerLog;
import dev.ragline.server.answers.AnswerLogs;
import dev.ragline.server.answers.AnswerSubscriber;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Freshness;
import dev.ragline.v1.Answer;
import dev.ragline.v1.OnDisconnect;
import dev.ragline.v1.StreamAskRequest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;

/** Begins and ends answers' logs, and finds them again, as calls ask for it. */
final class AnswerCalls {
  private final AnswerLogs logs;
  private final ChunkStore store;

  @Inject
  AnswerCalls(AnswerLogs logs, ChunkStore store) {
    this.logs = logs;
    this.store = store;
  }

  /** Begins an answer that is given all at once. */
  AnswerLog record(CorpusId corpus, Call call) {
    return logs.record(AnswerId.random(corpus), call);
  }

  /** Begins an answer that is streamed. */
  AnswerLog stream(CorpusId corpus, StreamAskRequest request, Call call, AnswerSubscriber reader) {
    AnswerId id =
        request.getAnswerId().isEmpty()
            ? AnswerId.random(corpus)
            : new AnswerId(corpus, UUID.fromString(request.getAnswerId()));
    return request.getOnDisconnect() == OnDisconnect.ON_DISCONNECT_CONTINUE
        ? logs.askAndContinue(id, call, reader)
        : logs.ask(id, call, reader);
  }

  /** Says that an answer was written. */
  void complete(AnswerLog log) {
    logs.complete(log);
  }

  /** Says that an answer's writer failed. */
  void fail(AnswerLog log, Throwable failure) {
    logs.fail(log, failure);
  }

  /** Goes on with a stream behind an event, or from its beginning with -1. */
  void resume(AnswerId id, long after, Call call, AnswerSubscriber reader) {
    logs.resume(id, after, corpusSince(id, call), reader);
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
}
