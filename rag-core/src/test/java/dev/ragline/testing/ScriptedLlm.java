package dev.ragline.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scripted server. Prints {@code port N} and ends with its standard input.
 *
 * <p>{@code POST /script/<script>/<anything>/chat/completions} and {@code .../responses} or {@code
 * .../embeddings} or {@code .../rerank} play a script (see {@link ChatScript}, {@link
 * ResponsesScript}, {@link EmbeddingScript}, {@link RerankScript}); a path without {@code /script/}
 * plays what was set, at first {@code ok}. The rest of the paths are for the test: {@code POST
 * /reset}, {@code /play}, {@code /answer}, {@code /retry-after}, {@code /error} (the body is the
 * setting), {@code /release} (lets one gated answer go on), and {@code GET /requests?count=N},
 * {@code /closed?count=N}, which wait until there were N, and {@code /flood}, which waits until a
 * flood stands still.
 */
public final class ScriptedLlm {
  private static final Pattern API =
      Pattern.compile(
          "(?:/script/([^/?]+))?/(?:[^?]*/)?(chat/completions|responses|embeddings|rerank)(?:\\?.*)?");
  private static final Pattern COUNT = Pattern.compile("count=(\\d+)");

  private final Journal journal = new Journal();
  private final Settings settings = new Settings();

  private ScriptedLlm() {}

  /** Serves on a free port of the loopback until the standard input ends. */
  public static void main(String[] args) throws IOException {
    ScriptedLlm llm = new ScriptedLlm();
    ServerSocket server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> llm.accept(server));
    System.out.println("port " + server.getLocalPort());
    InputStream parent = System.in;
    while (parent.read() >= 0) {}
    System.exit(0);
  }

  private void accept(ServerSocket server) {
    while (true) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        throw new IllegalStateException("the scripted server cannot accept", e);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      RawRequest request = RawRequest.read(socket.getInputStream());
      RawReply reply = new RawReply(socket.getOutputStream());
      Matcher api = API.matcher(request.path());
      if (request.method().equals("POST") && api.matches()) {
        String script = api.group(1) == null ? settings.script() : api.group(1);
        play(socket, request, reply, script, api.group(2));
      } else {
        control(request, reply);
      }
    } catch (IOException | InterruptedException e) {
      // The client has gone; the journal knows.
    }
  }

  private void play(Socket socket, RawRequest request, RawReply reply, String script, String api)
      throws IOException, InterruptedException {
    int id = journal.record(request);
    InputStream in = socket.getInputStream();
    Thread.ofVirtual().start(() -> watch(in, reply, id));
    if (script.matches("[3-5]\\d\\d")) {
      reply.status(Integer.parseInt(script), settings.failureHeaders(), settings.failureBody());
    } else {
      switch (api) {
        case "embeddings" -> new EmbeddingScript(reply).play(script, request.json(), id);
        case "rerank" -> new RerankScript(reply).play(script, request.json());
        case "responses" -> new ResponsesScript(settings, reply).play(script);
        default -> new ChatScript(settings, reply).play(script, request.json());
      }
    }
    reply.finish();
  }

  /** A client sends nothing after its request, so that an end of its stream is its going away. */
  private void watch(InputStream in, RawReply reply, int id) {
    try {
      while (in.read() >= 0) {}
    } catch (IOException e) {
      // Reset instead of closed: gone all the same.
    }
    if (reply.clientClosed()) {
      journal.closed(id);
    }
  }

  private void control(RawRequest request, RawReply reply)
      throws IOException, InterruptedException {
    Matcher matcher = COUNT.matcher(request.path());
    int count = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    String body = request.body();
    String answer =
        switch (request.path().replaceFirst("\\?.*", "")) {
          case "/reset" -> {
            journal.clear();
            yield settings.reset();
          }
          case "/play" -> settings.script(body);
          case "/answer" -> settings.answer(body);
          case "/retry-after" -> settings.retryAfter(body);
          case "/error" -> settings.error(body);
          case "/release" -> settings.release();
          case "/flood" -> settings.flood().awaitStandstill();
          case "/requests" -> String.join("\n", journal.requests(count));
          case "/closed" -> String.valueOf(journal.awaitClosed(count));
          default -> null;
        };
    reply.status(
        answer == null ? 404 : 200,
        Map.of("Content-Type", List.of("text/plain; charset=utf-8")),
        answer == null ? "no such path" : answer);
  }
}
