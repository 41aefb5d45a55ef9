package dev.ragline.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.client.fake.Errors;
import dev.ragline.client.fake.FakeRagServer;
import dev.ragline.client.fake.Script;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.StreamAskRequest;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnswerPublisherTest {
  private static final StreamAskRequest QUESTION = StreamAskRequest.getDefaultInstance();

  private final FakeRagServer server = new FakeRagServer();
  private final RagClient client = RagClient.builder(server.address()).build();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void request_oneByOne_deliversOneByOneAndCompletes() throws InterruptedException {
    List<AnswerEvent> script = new Script().text("a").complete();
    server.answers.events = script;
    Recorder recorder = subscribe(subscription -> {});

    for (AnswerEvent event : script) {
      assertThat(recorder.signals).isEmpty();
      recorder.subscription().request(1);
      assertThat(recorder.take()).isEqualTo(event);
    }

    assertThat(recorder.take()).isEqualTo("complete");
  }

  @Test
  void request_unboundedAtOnce_deliversAll() throws InterruptedException {
    server.answers.events = new Script().text("a").text("b").complete();
    Recorder recorder = subscribe(subscription -> subscription.request(Long.MAX_VALUE));

    for (int i = 0; i < 4; i++) {
      assertThat(recorder.take()).isInstanceOf(AnswerEvent.class);
    }
    assertThat(recorder.take()).isEqualTo("complete");
  }

  @Test
  void cancel_inTheMiddle_cancelsOnTheServerAndFallsSilent() throws InterruptedException {
    server.answers.events = new Script().text("a").text("b").cut();
    server.answers.endless = true;
    Recorder recorder = subscribe(subscription -> subscription.request(1));
    assertThat(recorder.take()).isInstanceOf(AnswerEvent.class);

    recorder.subscription().cancel();

    assertThat(server.answers.cancelled.await(30, TimeUnit.SECONDS)).isTrue();
    recorder.subscription().request(5);
    assertThat(recorder.signals).isEmpty();
  }

  @Test
  void cancel_whileSubscribing_asksNothing() {
    subscribe(Flow.Subscription::cancel);

    // A call made later on the same connection has been answered: an earlier one would be known.
    assertThat(client.listCorpora()).isEmpty();
    assertThat(server.answers.asked).isNull();
  }

  @Test
  void request_zero_failsTheSubscription() throws InterruptedException {
    server.answers.events = new Script().text("a").cut();
    server.answers.endless = true;
    Recorder started = subscribe(subscription -> subscription.request(1));
    assertThat(started.take()).isInstanceOf(AnswerEvent.class);
    started.subscription().request(0);
    assertThat(started.take()).isInstanceOf(IllegalArgumentException.class);

    Recorder atOnce = subscribe(subscription -> subscription.request(-1));
    assertThat(atOnce.take()).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void subscribe_serverRefuses_failsWithTheClientsException() throws InterruptedException {
    server.answers.failure = Errors.modelUnavailable();
    Recorder recorder = subscribe(subscription -> subscription.request(1));

    assertThat(recorder.take())
        .isInstanceOfSatisfying(
            RagClientException.class, e -> assertThat(e.reason()).contains("LLM_UNREACHABLE"));
  }

  private Recorder subscribe(Consumer<Flow.Subscription> onSubscribe) {
    Recorder recorder = new Recorder(onSubscribe);
    client.publish(QUESTION).subscribe(recorder);
    return recorder;
  }

  /** Keeps every signal in the order in which it came. */
  private static final class Recorder implements Flow.Subscriber<AnswerEvent> {
    final BlockingQueue<Object> signals = new LinkedBlockingQueue<>();
    private final Consumer<Flow.Subscription> onSubscribe;
    private Flow.@Nullable Subscription subscription;

    Recorder(Consumer<Flow.Subscription> onSubscribe) {
      this.onSubscribe = onSubscribe;
    }

    Flow.Subscription subscription() {
      return Objects.requireNonNull(subscription);
    }

    Object take() throws InterruptedException {
      return Objects.requireNonNull(signals.poll(30, TimeUnit.SECONDS), "no signal came");
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      onSubscribe.accept(given);
    }

    @Override
    public void onNext(AnswerEvent event) {
      signals.add(event);
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
