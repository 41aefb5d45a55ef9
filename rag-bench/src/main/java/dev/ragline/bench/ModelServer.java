package dev.ragline.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A model that thinks nothing and is fast: {@code /chat/completions} and {@code /embeddings} of
 * OpenAI over plain sockets with keep-alive. What it does stands in the question, as {@link Order}
 * writes it there. Of answers that do not end by themselves it tells on its standard output when
 * they were asked for and when the client had gone, in nanoseconds of the machine's clock. It ends
 * with its standard input.
 */
final class ModelServer {
  private static final int DIMENSION = 8;

  private final Map<Integer, String> bodies = new ConcurrentHashMap<>();
  private final PrintStream out = System.out;

  private ModelServer() {}

  /** What is wanted of an answer. */
  enum Kind {
    /** So many tokens, then the end. */
    TOKENS,
    /** Not even a head. */
    STALL,
    /** One token a millisecond, for ever. */
    ENDLESS,
    /** No vector of the question. */
    HOLD
  }

  /**
   * A question's own wish.
   *
   * @param pace milliseconds between two tokens
   */
  record Order(int run, Kind kind, int tokens, int pace) {
    private static final List<String> SENTENCE =
        List.of(
            "Answer", "%d", "says", "in", "good", "English", "words", "that", "its", "part",
            "number", "%d", "lies", "in", "some", "other", "place.");

    private static final Pattern WORDS =
        Pattern.compile("\\(run (\\d+), ([A-Z]+) (\\d+), pace (\\d+)\\)");

    /** The question with the wish in it. */
    String in(String question) {
      return "%s (run %d, %s %d, pace %d)".formatted(question, run, kind, tokens, pace);
    }

    /** The wish in a prompt; where there is none, a short answer. */
    static Order of(String prompt) {
      Matcher words = WORDS.matcher(prompt);
      return words.find()
          ? new Order(
              Integer.parseInt(words.group(1)),
              Kind.valueOf(words.group(2)),
              Integer.parseInt(words.group(3)),
              Integer.parseInt(words.group(4)))
          : new Order(-1, Kind.TOKENS, 1, 0);
    }

    /** One token of the answer, whose sentences are unlike each other and those of all others. */
    String token(int index) {
      int at = index % SENTENCE.size();
      int number = at < SENTENCE.size() / 2 ? run : index / SENTENCE.size();
      return SENTENCE.get(at).formatted(number) + " ";
    }

    /** The whole answer. */
    String text() {
      return IntStream.range(0, tokens).mapToObj(this::token).collect(Collectors.joining());
    }
  }

  public static void main(String[] args) throws IOException {
    ModelServer model = new ModelServer();
    ServerSocket server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(() -> model.accept(server));
    System.out.println("port " + server.getLocalPort());
    while (System.in.read() >= 0) {}
    System.exit(0);
  }

  private void accept(ServerSocket server) {
    while (true) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        throw new IllegalStateException("the model cannot accept", e);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream to = socket.getOutputStream();
      while (answer(PlainRequest.read(in), in, to)) {}
    } catch (IOException e) {
      // The client has gone.
    }
  }

  /** Returns whether the connection may be used again. */
  private boolean answer(PlainRequest request, InputStream in, OutputStream to) throws IOException {
    if (request.path().startsWith("/body/")) {
      int run = Integer.parseInt(request.path().substring("/body/".length()));
      whole(to, bodies.getOrDefault(run, ""));
      return true;
    }
    Order order = Order.of(request.body());
    boolean embeds = request.path().endsWith("/embeddings");
    if (embeds && order.kind() != Kind.HOLD) {
      whole(to, vectors(request.body()));
      return true;
    }
    if (order.kind() == Kind.TOKENS) {
      bodies.put(order.run(), request.body());
      stream(to, order);
      return true;
    }
    watch(order, in);
    if (order.kind() == Kind.ENDLESS) {
      head(to);
      for (int i = 0; ; i++) {
        event(to, chunk(order.token(i), "null"));
        LockSupport.parkNanos(1_000_000);
      }
    }
    // Nothing is said; whoever watches closes the connection.
    LockSupport.park(this);
    return false;
  }

  private void watch(Order order, InputStream in) {
    Thread teller = Thread.currentThread();
    out.println("asked " + order.run() + " " + System.nanoTime());
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (in.read() >= 0) {}
              } catch (IOException e) {
                // Reset instead of closed.
              }
              out.println("gone " + order.run() + " " + System.nanoTime());
              LockSupport.unpark(teller);
            });
  }

  private static void stream(OutputStream to, Order order) throws IOException {
    head(to);
    long next = System.nanoTime();
    for (int i = 0; i < order.tokens(); i++) {
      event(to, chunk(order.token(i), "null"));
      if (order.pace() > 0) {
        next += order.pace() * 1_000_000L;
        LockSupport.parkNanos(next - System.nanoTime());
      }
    }
    event(to, chunk("", "\"stop\""));
    event(
        to,
        "{\"object\":\"chat.completion.chunk\",\"model\":\"fast-1\",\"choices\":[],"
            + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":"
            + order.tokens()
            + "}}");
    event(to, "[DONE]");
    to.write("0\r\n\r\n".getBytes(ISO_8859_1));
    to.flush();
  }

  private static String chunk(String text, String finish) {
    return "{\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"fast-1\","
               + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
        + text
        + "\"},\"finish_reason\":"
        + finish
        + "}]}";
  }

  private static void head(OutputStream to) throws IOException {
    to.write(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            .getBytes(ISO_8859_1));
    to.flush();
  }

  /** One event in one write, as models' servers do it. */
  private static void event(OutputStream to, String data) throws IOException {
    String event = "data: " + data + "\n\n";
    to.write((Integer.toHexString(event.length()) + "\r\n" + event + "\r\n").getBytes(ISO_8859_1));
    to.flush();
  }

  private static void whole(OutputStream to, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    to.write(
        ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + bytes.length
                + "\r\n\r\n")
            .getBytes(ISO_8859_1));
    to.write(bytes);
    to.flush();
  }

  /** As many vectors as there are texts, whose number is told by the quotes in the list. */
  private static String vectors(String body) {
    int texts = Math.max(1, body.replaceAll("\\\\.", "").split("\"", -1).length / 2 - 5);
    String vector =
        IntStream.range(0, DIMENSION).mapToObj(i -> "0.3").collect(Collectors.joining(","));
    return IntStream.range(0, texts)
        .mapToObj(
            i -> "{\"object\":\"embedding\",\"index\":" + i + ",\"embedding\":[" + vector + "]}")
        .collect(
            Collectors.joining(
                ",",
                "{\"object\":\"list\",\"model\":\"m\",\"data\":[",
                "],\"usage\":{\"prompt_tokens\":1,\"total_tokens\":1}}"));
  }
}
