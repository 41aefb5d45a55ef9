package dev.ragline.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link ScriptedLlm} in a process of its own, which ends with this object or this JVM. */
public final class ScriptedLlmProcess implements AutoCloseable {
  private final Process process;
  private final URI origin;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private ScriptedLlmProcess(Process process, URI origin) {
    this.process = process;
    this.origin = origin;
  }

  /** Starts the server with this JVM's Java and class path. */
  public static ScriptedLlmProcess start() {
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  ScriptedLlm.class.getName())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader out = process.inputReader();
      String line = out.readLine();
      if (line == null || !line.startsWith("port ")) {
        process.destroyForcibly();
        throw new IllegalStateException("the scripted server said: " + line);
      }
      return new ScriptedLlmProcess(
          process, URI.create("http://127.0.0.1:" + line.substring("port ".length())));
    } catch (IOException e) {
      throw new IllegalStateException("the scripted server did not start", e);
    }
  }

  /** The base URL that plays a script. */
  public String baseUrl(String script) {
    return origin + "/script/" + script + "/v1";
  }

  /** The base URL that plays what {@link #play} says. */
  public String baseUrl() {
    return origin + "/v1";
  }

  /** Sets what the base URL without a script plays. */
  public void play(String script) {
    post("/play", script);
  }

  /** Forgets all that was asked and set. */
  public void reset() {
    post("/reset", "");
  }

  /** Sets what the model says. */
  public void answer(String text) {
    post("/answer", text);
  }

  /** Sets the Retry-After header of failures; empty for none. */
  public void retryAfter(String value) {
    post("/retry-after", value);
  }

  /** Sets the message of failures. */
  public void error(String message) {
    post("/error", message);
  }

  /** Lets one gated answer go on. */
  public void release() {
    post("/release", "");
  }

  /** The requests so far, once there are {@code count}. */
  public List<JsonNode> awaitRequests(int count) {
    List<JsonNode> requests = new ArrayList<>();
    for (String line : get("/requests?count=" + count).lines().toList()) {
      try {
        requests.add(RawRequest.JSON.readTree(line));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    return requests;
  }

  /** How many answers the client closed before their end, once there are {@code count}. */
  public int awaitClosed(int count) {
    return Integer.parseInt(get("/closed?count=" + count));
  }

  /** Bytes that a flood got rid of, once it stands still. */
  public long awaitFloodStandstill() {
    return Long.parseLong(get("/flood"));
  }

  private String get(String path) {
    return send(HttpRequest.newBuilder(origin.resolve(path)).build());
  }

  private void post(String path, String body) {
    send(HttpRequest.newBuilder(origin.resolve(path)).POST(BodyPublishers.ofString(body)).build());
  }

  private String send(HttpRequest request) {
    try {
      var response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(request.uri() + " gave " + response.statusCode());
      }
      return response.body();
    } catch (IOException e) {
      throw new IllegalStateException("the scripted server is gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Ends the server by ending its standard input, as the end of this JVM would. */
  @Override
  public void close() {
    http.close();
    try {
      process.outputWriter().close();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the scripted server outlives its standard input");
      }
    } catch (IOException e) {
      throw new IllegalStateException("the scripted server's standard input is broken", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
