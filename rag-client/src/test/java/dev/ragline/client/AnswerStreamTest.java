package dev.ragline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.client.fake.Errors;
import dev.ragline.client.fake.FakeRagServer;
import dev.ragline.client.fake.Script;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.StreamAskRequest;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnswerStreamTest {
  private static final StreamAskRequest QUESTION = StreamAskRequest.getDefaultInstance();
  private static final int MANY = 2000;

  private final FakeRagServer server = new FakeRagServer();
  private final RagClient client = RagClient.builder(server.address()).build();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void next_scriptedEvents_comeInOrderAndEnd() {
    List<AnswerEvent> script = new Script().text("a").text("b").complete();
    server.answers.events = script;

    try (AnswerStream stream = client.streamAsk(QUESTION)) {
      List<AnswerEvent> seen = new ArrayList<>();
      stream.forEachRemaining(seen::add);

      assertThat(seen).isEqualTo(script);
      assertThat(stream.hasNext()).isFalse();
      assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void readToEnd_moreEventsThanAreFetchedAhead_givesTheWholeAnswer() {
    Script script = new Script();
    for (int i = 0; i < MANY; i++) {
      script.text("x");
    }
    server.answers.events = script.complete();

    try (AnswerStream stream = client.streamAsk(QUESTION)) {
      assertThat(stream.readToEnd().getText()).hasSize(MANY);
    }
  }

  @Test
  void next_failureAfterEvents_eventsComeFirst() {
    server.answers.events = new Script().text("half").cut();
    server.answers.failure = Errors.modelUnavailable();

    try (AnswerStream stream = client.streamAsk(QUESTION)) {
      assertThat(stream.next().hasStarted()).isTrue();
      assertThat(stream.next().getTextDelta().getText()).isEqualTo("half");
      assertThatThrownBy(stream::hasNext).isInstanceOf(RagClientException.class);
      assertThatThrownBy(stream::next).isInstanceOf(RagClientException.class);
    }
  }

  @Test
  void readToEnd_streamWithoutItsLastEvent_fails() {
    server.answers.events = new Script().text("half").cut();

    try (AnswerStream stream = client.streamAsk(QUESTION)) {
      assertThatThrownBy(stream::readToEnd).hasMessageContaining("without its last event");
    }
  }

  @Test
  void close_inTheMiddle_cancelsOnTheServer() throws InterruptedException {
    server.answers.events = new Script().text("a").cut();
    server.answers.endless = true;
    AnswerStream stream = client.streamAsk(QUESTION);
    assertThat(stream.next().hasStarted()).isTrue();

    stream.close();

    assertThat(server.answers.cancelled.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void close_fromAnotherThread_wakesTheReaderWithAFailure() {
    server.answers.events = new Script().cut();
    server.answers.endless = true;
    AnswerStream stream = client.streamAsk(QUESTION);
    assertThat(stream.next().hasStarted()).isTrue();
    CompletableFuture<Boolean> reader = CompletableFuture.supplyAsync(stream::hasNext);

    stream.close();

    assertThatThrownBy(reader::join)
        .cause()
        .isInstanceOfSatisfying(
            RagClientException.class, e -> assertThat(e.code()).isEqualTo(Status.Code.CANCELLED));
  }

  @Test
  void next_readerPauses_serverIsHeldBack() {
    AnswerEvent event = new Script().text("x".repeat(4 * 1024)).cut().get(1);
    server.answers.events = Collections.nCopies(20_000, event);

    try (AnswerStream stream = client.streamAsk(QUESTION)) {
      for (int i = 0; i < 100; i++) {
        assertThat(stream.next().hasTextDelta()).isTrue();
      }
      // Other calls on the same connection give a server that is not held back time to go on.
      for (int i = 0; i < 1000; i++) {
        assertThat(client.listCorpora()).isEmpty();
      }
      // What was taken, what waits here, and the connection's windows of at most 8 MiB each.
      assertThat(server.answers.sent.get()).isBetween(100, 8000);
      assertThat(server.answers.cancelled.getCount()).isEqualTo(1);
    }
  }
}
