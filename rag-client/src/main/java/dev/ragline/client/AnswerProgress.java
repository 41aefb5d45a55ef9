package dev.ragline.client;

import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.AskServiceGrpc;
import dev.ragline.v1.OnDisconnect;
import dev.ragline.v1.ResumeAskRequest;
import dev.ragline.v1.ResumeAskResponse;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.StreamAskResponse;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far an answer's stream has come, and how it goes on when its call fails. The question bears
 * the answer's name from the start, so that it is never asked twice because its first event was
 * lost. For one thread at a time, but for what is to be stopped.
 */
final class AnswerProgress {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** What gRPC, or something on the way, says when a connection is gone. */
  private static final Set<Status.Code> BREAKS =
      Set.of(
          Status.Code.UNAVAILABLE,
          Status.Code.INTERNAL,
          Status.Code.UNKNOWN,
          Status.Code.CANCELLED);

  private final Resuming resuming;
  private final LongSupplier nanoClock;
  private volatile @Nullable StreamAskRequest question;
  private volatile String answer;
  private long received;
  private boolean resumes;
  private boolean expectsNext;
  private boolean reached;
  private boolean completed;
  private volatile boolean over;
  private int tries;
  private long brokenAt;

  private AnswerProgress(
      Resuming resuming, LongSupplier nanoClock, @Nullable StreamAskRequest question) {
    this.resuming = resuming;
    this.nanoClock = nanoClock;
    this.question = question;
    this.answer = question == null ? "" : name(question);
    this.received = -1;
  }

  /** A question that is to be asked. */
  static AnswerProgress asking(
      StreamAskRequest request, Resuming resuming, LongSupplier nanoClock) {
    return new AnswerProgress(resuming, nanoClock, resuming.isOn() ? resumable(request) : request);
  }

  /** An answer that is known, of which the events up to {@code after} are. */
  static AnswerProgress resuming(
      String answer, long after, Resuming resuming, LongSupplier nanoClock) {
    AnswerProgress progress = new AnswerProgress(resuming, nanoClock, null);
    progress.answer = answer;
    progress.received = after;
    progress.resumes = true;
    progress.expectsNext = true;
    progress.reached = true;
    return progress;
  }

  private static StreamAskRequest resumable(StreamAskRequest request) {
    StreamAskRequest.Builder named = request.toBuilder();
    if (request.getAnswerId().isEmpty()) {
      named.setAnswerId(UUID.randomUUID().toString());
    }
    if (request.getOnDisconnect() == OnDisconnect.ON_DISCONNECT_UNSPECIFIED) {
      named.setOnDisconnect(OnDisconnect.ON_DISCONNECT_CONTINUE);
    }
    return named.build();
  }

  private static String name(StreamAskRequest request) {
    return request.getCorpus() + "/answers/" + request.getAnswerId();
  }

  /** Makes a call out of a method, its request, and what its responses hold. */
  interface Opener<T> {
    <Q, R> T open(MethodDescriptor<Q, R> method, Q request, Function<R, AnswerEvent> event);
  }

  /** The call with which the stream begins or goes on. */
  <T> T open(Opener<T> opener) {
    StreamAskRequest asked = question;
    if (asked != null && !resumes) {
      return opener.open(AskServiceGrpc.getStreamAskMethod(), asked, StreamAskResponse::getEvent);
    }
    ResumeAskRequest.Builder request = ResumeAskRequest.newBuilder().setAnswer(answer);
    if (received >= 0) {
      request.setAfterSequence(received);
    }
    return opener.open(
        AskServiceGrpc.getResumeAskMethod(), request.build(), ResumeAskResponse::getEvent);
  }

  /**
   * Notes an event that came.
   *
   * @throws RagClientException when it is not the one after the last
   */
  AnswerEvent received(AnswerEvent event) {
    boolean follows = event.getSequence() == received + 1 && event.getAnswer().equals(answer);
    if (expectsNext && !follows) {
      throw RagClientException.protocol(
          "the server went on with event %d of %s instead of %d of %s"
              .formatted(event.getSequence(), event.getAnswer(), received + 1, answer));
    }
    expectsNext = false;
    reached = true;
    answer = event.getAnswer();
    received = event.getSequence();
    completed |= event.hasCompleted();
    over |= completed;
    tries = 0;
    return event;
  }

  /**
   * Decides how the stream goes on: {@link #open} gives the next call, after a pause.
   *
   * @param delivered whether the call that failed had left this machine
   * @return how long to wait first
   * @throws RagClientException the failure where it does not go on
   */
  Duration afterFailure(RagClientException failure, boolean delivered) {
    reached |= delivered;
    if (!resuming.isOn()) {
      throw failure;
    }
    if (resumes && AnswerLostException.means(failure)) {
      return withoutTheRest(failure);
    }
    boolean broke = broke(failure);
    boolean taken = failure.reason().filter("ANSWER_EXISTS"::equals).isPresent() && tries > 0;
    over = failure.reason().isPresent() && !taken;
    if (!reached || !(broke || taken)) {
      throw failure;
    }
    Duration pause = pause(failure);
    resumes = true;
    expectsNext = true;
    return pause;
  }

  private static boolean broke(RagClientException failure) {
    return failure.reason().isEmpty() && BREAKS.contains(failure.code());
  }

  /** Whether a connection broke behind the last event, where there was nothing left to bring. */
  boolean isEndedBy(RagClientException failure) {
    return completed && broke(failure);
  }

  private Duration withoutTheRest(RagClientException failure) {
    StreamAskRequest asked = question;
    if (asked == null || (received >= 0 && !resuming.askAnew())) {
      over = true;
      throw new AnswerLostException(failure);
    }
    Duration pause = pause(failure);
    if (received >= 0) {
      StreamAskRequest other = asked.toBuilder().setAnswerId(UUID.randomUUID().toString()).build();
      question = other;
      answer = name(other);
      received = -1;
    }
    resumes = false;
    expectsNext = false;
    return pause;
  }

  /** The more often it failed since the last event, the longer. */
  private Duration pause(RagClientException failure) {
    long now = nanoClock.getAsLong();
    if (tries == 0) {
      brokenAt = now;
    } else if (now - brokenAt > resuming.patience().toNanos()) {
      throw failure;
    }
    tries++;
    if (tries == 1) {
      return Duration.ZERO;
    }
    Duration longer = FIRST_PAUSE.multipliedBy(1L << Math.min(tries - 2, 10));
    return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }

  /** The answer's name. */
  String answer() {
    return answer;
  }

  /** Whether the answer goes on at the server when nobody reads it any more. */
  boolean mustBeStopped() {
    StreamAskRequest asked = question;
    return asked != null && asked.getOnDisconnect() == OnDisconnect.ON_DISCONNECT_CONTINUE && !over;
  }
}
