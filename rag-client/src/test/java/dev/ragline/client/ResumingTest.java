package dev.ragline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.client.fake.Errors;
import dev.ragline.client.fake.FakeRagServer;
import dev.ragline.client.fake.Script;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.OnDisconnect;
import dev.ragline.v1.ResumeAskRequest;
import dev.ragline.v1.StreamAskRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams whose connection breaks. */
@Timeout(60)
class ResumingTest {
  /** Its answer has the name that scripts have. */
  private static final StreamAskRequest QUESTION =
      StreamAskRequest.newBuilder()
          .setCorpus("corpora/faq")
          .setQuestion("q")
          .setAnswerId("1")
          .build();

  private static final List<AnswerEvent> SCRIPT =
      new Script()
          .retrieved(Script.passage(1, "a.md", "Storage", "In MinIO."))
          .text("In ")
          .text("MinIO")
          .text(".")
          .complete();

  private final FakeRagServer server = new FakeRagServer();
  private final RagClient client = RagClient.builder(server.address()).build();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private static List<AnswerEvent> all(RagClient client) {
    List<AnswerEvent> seen = new ArrayList<>();
    try (AnswerStream stream = client.streamAsk(QUESTION)) {
      stream.forEachRemaining(seen::add);
    }
    return seen;
  }

  @Test
  void next_cutAtEverySequence_givesTheSameEventsAskedOnce() {
    server.answers.events = SCRIPT;
    for (int cut = 0; cut <= SCRIPT.size(); cut++) {
      server.answers.asks.set(0);
      server.answers.resumes.clear();
      server.answers.breaks = List.of(cut);

      assertThat(all(client)).as("cut before " + cut).isEqualTo(SCRIPT);

      assertThat(server.answers.asks).hasValue(1);
      ResumeAskRequest.Builder expected =
          ResumeAskRequest.newBuilder().setAnswer("corpora/faq/answers/1");
      if (cut > 0) {
        expected.setAfterSequence(cut - 1);
      }
      // Behind the last event nothing is missing.
      assertThat(server.answers.resumes)
          .isEqualTo(cut < SCRIPT.size() ? List.of(expected.build()) : List.of());
    }
  }

  @Test
  void next_cutAfterEachEvent_goesOnEveryTime() {
    server.answers.events = SCRIPT;
    server.answers.breaks = Collections.nCopies(SCRIPT.size(), 1);

    assertThat(all(client)).isEqualTo(SCRIPT);

    assertThat(server.answers.asks).hasValue(1);
  }

  @Test
  void streamAsk_saysNothing_letsTheAnswerGoOnUnderANameOfOurs() {
    server.answers.events = SCRIPT;
    try (AnswerStream stream = client.streamAsk(StreamAskRequest.getDefaultInstance())) {
      assertThat(stream.answer()).matches("/answers/[0-9a-f-]{36}");
      assertThat(stream.readToEnd().getText()).isEqualTo("In MinIO.");
    }

    StreamAskRequest asked = Objects.requireNonNull(server.answers.asked);
    assertThat(asked.getOnDisconnect()).isEqualTo(OnDisconnect.ON_DISCONNECT_CONTINUE);
    assertThat(server.answers.stopped).isEmpty();
  }

  @Test
  void streamAsk_resumingOff_sendsTheRequestAsItIsAndFails() {
    server.answers.events = SCRIPT;
    server.answers.breaks = List.of(3);
    try (RagClient plain = RagClient.builder(server.address()).resuming(Resuming.OFF).build()) {
      assertThatThrownBy(() -> all(plain)).hasMessage("the network is gone");
    }

    assertThat(server.answers.asked).isEqualTo(QUESTION);
    assertThat(server.answers.resumes).isEmpty();
  }

  @Test
  void next_restIsNotHeld_throwsItsOwnException() {
    server.answers.events = SCRIPT;
    server.answers.breaks = List.of(3);
    server.answers.resumeFailure = Errors.answerNotHeld("corpora/faq/answers/1");

    List<AnswerEvent> seen = new ArrayList<>();
    try (AnswerStream stream = client.streamAsk(QUESTION)) {
      assertThatThrownBy(() -> stream.forEachRemaining(seen::add))
          .isInstanceOf(AnswerLostException.class)
          .hasMessage("this server does not hold the answer");
      assertThatThrownBy(stream::hasNext).isInstanceOf(AnswerLostException.class);
    }

    assertThat(seen).isEqualTo(SCRIPT.subList(0, 3));
    assertThat(server.answers.asks).hasValue(1);
  }

  @Test
  void next_restIsNotHeldButMayBeAskedAnew_beginsAgain() {
    server.answers.events = SCRIPT;
    server.answers.breaks = List.of(3);
    server.answers.resumeFailure = Errors.answerNotHeld("corpora/faq/answers/1");
    Resuming anew = new Resuming(Duration.ofSeconds(10), true);

    List<AnswerEvent> expected = new ArrayList<>(SCRIPT.subList(0, 3));
    expected.addAll(SCRIPT);
    try (RagClient asking = RagClient.builder(server.address()).resuming(anew).build()) {
      assertThat(all(asking)).isEqualTo(expected);
    }

    assertThat(server.answers.asks).hasValue(2);
    assertThat(Objects.requireNonNull(server.answers.asked).getAnswerId()).isNotEqualTo("1");
  }

  @Test
  void next_brokeBeforeAnyEventAndNotHeld_isAskedAgainUnderTheSameName() {
    server.answers.events = SCRIPT;
    server.answers.breaks = List.of(0);
    server.answers.resumeFailure = Errors.answerNotHeld("corpora/faq/answers/1");

    assertThat(all(client)).isEqualTo(SCRIPT);

    assertThat(server.answers.asks).hasValue(2);
    assertThat(server.answers.asked)
        .isEqualTo(
            QUESTION.toBuilder().setOnDisconnect(OnDisconnect.ON_DISCONNECT_CONTINUE).build());
  }

  @Test
  void next_failureOfTheServerItself_isNotResumed() {
    server.answers.events = SCRIPT.subList(0, 3);
    server.answers.failure = Errors.modelUnavailable();

    assertThatThrownBy(() -> all(client))
        .isInstanceOf(RagClientException.class)
        .isNotInstanceOf(AnswerLostException.class);

    assertThat(server.answers.resumes).isEmpty();
    assertThat(server.answers.stopped).isEmpty();
  }

  @Test
  void next_serverNeverThere_failsAtOnce() {
    server.close();

    assertThatThrownBy(() -> all(client))
        .isInstanceOfSatisfying(
            RagClientException.class, e -> assertThat(e.isServerUnreachable()).isTrue());
  }

  @Test
  void next_serverGoneForGood_failsWhenPatienceIsOver() {
    server.answers.events = SCRIPT.subList(0, 3);
    server.answers.endless = true;
    Resuming brief = new Resuming(Duration.ofMillis(200), false);
    try (RagClient impatient = RagClient.builder(server.address()).resuming(brief).build();
        AnswerStream stream = impatient.streamAsk(QUESTION)) {
      assertThat(stream.next().hasStarted()).isTrue();
      server.close();

      assertThatThrownBy(() -> stream.forEachRemaining(event -> {}))
          .isInstanceOfSatisfying(
              RagClientException.class, e -> assertThat(e.isServerUnreachable()).isTrue());
    }
  }

  @Test
  void next_otherEventThanTheNext_isRefused() {
    server.answers.events = SCRIPT;
    server.answers.breaks = List.of(2);
    try (AnswerStream stream = client.streamAsk(QUESTION)) {
      assertThat(stream.next().hasStarted()).isTrue();
      assertThat(stream.next().hasRetrieved()).isTrue();
      server.answers.events = SCRIPT.subList(4, 6);

      assertThatThrownBy(stream::next).hasMessageContaining("went on with event 4 of");
      assertThatThrownBy(stream::next).hasMessageContaining("went on with event 4 of");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void close_inTheMiddle_stopsTheAnswer(boolean byTheClient) throws InterruptedException {
    server.answers.events = SCRIPT.subList(0, 3);
    server.answers.endless = true;
    RagClient other = RagClient.builder(server.address()).build();
    AnswerStream stream = other.streamAsk(QUESTION);
    assertThat(stream.next().hasStarted()).isTrue();

    if (byTheClient) {
      other.close();
    } else {
      stream.close();
    }

    assertThat(server.answers.stopped.poll(30, TimeUnit.SECONDS))
        .isEqualTo("corpora/faq/answers/1");
    other.close();
  }

  @Test
  void resumeAsk_knownAnswer_givesTheRestAndLeavesItAlone() {
    server.answers.events = SCRIPT;
    List<AnswerEvent> seen = new ArrayList<>();
    try (AnswerStream stream = client.resumeAsk("corpora/faq/answers/1", 2)) {
      stream.forEachRemaining(seen::add);
    }

    assertThat(seen).isEqualTo(SCRIPT.subList(3, SCRIPT.size()));
    assertThat(server.answers.asks).hasValue(0);
    assertThat(server.answers.stopped).isEmpty();
  }

  @Test
  void publish_cutAtEverySequence_givesTheSameEvents() throws InterruptedException {
    server.answers.events = SCRIPT;
    for (int cut = 0; cut <= SCRIPT.size(); cut++) {
      server.answers.asks.set(0);
      server.answers.resumes.clear();
      server.answers.breaks = List.of(cut);
      Recorder recorder = new Recorder();

      client.publish(QUESTION).subscribe(recorder);

      for (AnswerEvent event : SCRIPT) {
        assertThat(recorder.take()).as("cut before " + cut).isEqualTo(event);
      }
      assertThat(recorder.take()).isEqualTo("complete");
      assertThat(server.answers.asks).hasValue(1);
    }
  }

  @Test
  void publish_cancelled_stopsTheAnswer() throws InterruptedException {
    server.answers.events = SCRIPT.subList(0, 3);
    server.answers.endless = true;
    Recorder recorder = new Recorder();
    client.publish(QUESTION).subscribe(recorder);
    assertThat(recorder.take()).isEqualTo(SCRIPT.get(0));

    Objects.requireNonNull(recorder.subscription).cancel();

    assertThat(server.answers.stopped.poll(30, TimeUnit.SECONDS))
        .isEqualTo("corpora/faq/answers/1");
  }

  /** Asks for one event after the other. */
  private static final class Recorder implements Flow.Subscriber<AnswerEvent> {
    private final BlockingQueue<Object> signals = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;

    Object take() throws InterruptedException {
      return Objects.requireNonNull(signals.poll(30, TimeUnit.SECONDS), "no signal came");
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(AnswerEvent event) {
      signals.add(event);
      Objects.requireNonNull(subscription).request(1);
    }

    @Override
    public void onError(Throwable failure) {
      signals.add(failure);
    }

    @Override
    public void onComplete() {
      signals.add("complete");
    }
  }
}
