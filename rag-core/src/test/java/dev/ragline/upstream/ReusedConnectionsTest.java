package dev.ragline.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.errors.OpenAIException;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.ragline.call.Call;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers close what is idle, some after five seconds, and the next request meets a closed door.
 */
class ReusedConnectionsTest {
  private static final String BODY =
      "{\"object\":\"list\",\"model\":\"m\",\"data\":[{\"object\":\"embedding\",\"index\":0,"
          + "\"embedding\":[1.0]}],\"usage\":{\"prompt_tokens\":1,\"total_tokens\":1}}";

  private final ConcurrentLinkedQueue<Served> connections = new ConcurrentLinkedQueue<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger read = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private ServerSocket server;

  /** A connection, and the end of its thread. */
  private record Served(Socket socket, Future<?> end) {}

  /** Requests that are read and not answered: the connection closes instead. */
  private final AtomicInteger unanswered = new AtomicInteger();

  /** Until so many requests are read at once, none is answered. */
  private volatile CyclicBarrier together = new CyclicBarrier(1);

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(
        () -> {
          try {
            while (true) {
              Socket socket = server.accept();
              accepted.incrementAndGet();
              connections.add(new Served(socket, threads.submit(() -> serve(socket))));
            }
          } catch (IOException e) {
            // The test is over.
          }
        });
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int length = 0;
        for (; !line.isEmpty(); line = in.readLine()) {
          if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
            length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
          }
        }
        var _ = in.skip(length);
        read.incrementAndGet();
        if (unanswered.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          return;
        }
        together.await();
        byte[] body = BODY.getBytes(StandardCharsets.ISO_8859_1);
        String head =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                .formatted(body.length);
        socket.getOutputStream().write((head + BODY).getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (Exception e) {
      // The connection was closed, as servers do.
    }
  }

  /** Closes all connections, as a server does with those that were idle for too long. */
  private void closeIdle() throws Exception {
    for (Served served; (served = connections.poll()) != null; ) {
      served.socket().close();
      // Until then the socket is open for a thread that reads from it.
      served.end().get();
    }
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    closeIdle();
    threads.shutdownNow();
  }

  private Endpoint endpoint() {
    URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
    return Endpoint.of("test", url, "KEY", Map.of());
  }

  private OpenAiConnection open(boolean answers) {
    return answers
        ? OpenAiConnection.openForAnswers(endpoint())
        : OpenAiConnection.open(endpoint());
  }

  private static void ask(OpenAiConnection connection) {
    OpenAIClient client = connection.client();
    EmbeddingCreateParams params = EmbeddingCreateParams.builder().model("m").input("t").build();
    var response = client.embeddings().create(params, connection.options(Call.UNLIMITED));
    assertThat(response.data()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void create_serverClosedTheIdleConnection_asksOnAFreshOne(boolean answers) throws Exception {
    try (OpenAiConnection connection = open(answers)) {
      for (int i = 1; i <= 20; i++) {
        ask(connection);
        closeIdle();
        assertThat(read).hasValue(i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void create_serverClosedManyIdleConnections_asksOnAFreshOne(boolean answers) throws Exception {
    int many = 5;
    try (OpenAiConnection connection = open(answers)) {
      together = new CyclicBarrier(many);
      List<Future<?>> asked = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        asked.add(threads.submit(() -> ask(connection)));
      }
      for (Future<?> each : asked) {
        each.get();
      }
      together = new CyclicBarrier(1);
      assertThat(accepted).hasValue(many);
      closeIdle();
      ask(connection);
      assertThat(read).hasValue(many + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void create_serverClosesAReusedConnectionAfterReading_asksOnceMore(boolean answers) {
    try (OpenAiConnection connection = open(answers)) {
      ask(connection);
      unanswered.set(1);
      ask(connection);
      assertThat(read).hasValue(3);
      assertThat(accepted).hasValue(2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void create_serverAlwaysClosesAfterReading_asksTwiceAtMost(boolean answers) {
    try (OpenAiConnection connection = open(answers)) {
      ask(connection);
      unanswered.set(100);
      assertThatThrownBy(() -> ask(connection)).isInstanceOf(OpenAIException.class);
      assertThat(read).hasValue(3);
    }
  }

  @Test
  void create_serverClosesAFreshConnection_isNotAskedAgain() {
    try (OpenAiConnection connection = open(true)) {
      unanswered.set(100);
      assertThatThrownBy(() -> ask(connection)).isInstanceOf(OpenAIException.class);
      assertThat(read).hasValue(1);
    }
  }
}
