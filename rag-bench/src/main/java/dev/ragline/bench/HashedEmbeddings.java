package dev.ragline.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An embedding endpoint on loopback that costs nearly nothing: a vector is made of a text's hash.
 */
final class HashedEmbeddings implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BACKLOG = 64;

  private final int dimension;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  HashedEmbeddings(int dimension) throws IOException {
    this.dimension = dimension;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.createContext("/v1/embeddings", this::embed);
    server.setExecutor(threads);
    server.start();
  }

  String baseUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  private void embed(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody());
      JsonNode input = request.path("input");
      StringBuilder reply =
          new StringBuilder("{\"object\":\"list\",\"model\":\"hashed\",\"data\":[");
      int count = input.isArray() ? input.size() : 1;
      for (int i = 0; i < count; i++) {
        String text = input.isArray() ? input.get(i).asText() : input.asText();
        reply.append(i == 0 ? "" : ",");
        reply.append("{\"object\":\"embedding\",\"index\":").append(i).append(",\"embedding\":");
        appendVector(text, reply);
        reply.append('}');
      }
      reply.append("],\"usage\":{\"prompt_tokens\":1,\"total_tokens\":1}}");
      byte[] body = reply.toString().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void appendVector(String text, StringBuilder reply) {
    SplittableRandom random = new SplittableRandom(text.hashCode());
    for (int d = 0; d < dimension; d++) {
      reply.append(d == 0 ? '[' : ',');
      // Formatting floats would take longer than all else.
      reply.append(random.nextBoolean() ? "0." : "-0.").append(random.nextInt(100, 1000));
    }
    reply.append(']');
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
