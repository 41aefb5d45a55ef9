package dev.ragline.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** What a test has told the server; each setter gives the word that answers it. */
final class Settings {
  static final String DEFAULT_ANSWER =
      "Milvus keeps vectors in segments [1] and seals a segment once it is full [2].";
  private static final String DEFAULT_ERROR = "scripted failure";

  private volatile String script = "ok";
  private volatile String answer = DEFAULT_ANSWER;
  private volatile String retryAfter = "7";
  private volatile String error = DEFAULT_ERROR;
  private volatile Semaphore gate = new Semaphore(0);
  private volatile Flood flood = new Flood();
  private final AtomicInteger line = new AtomicInteger();

  String reset() {
    gate.release(1000);
    gate = new Semaphore(0);
    flood = new Flood();
    line.set(0);
    script = "ok";
    answer = DEFAULT_ANSWER;
    retryAfter = "7";
    error = DEFAULT_ERROR;
    return "reset";
  }

  /** Sets what addresses without a script play. */
  String script(String name) {
    script = name;
    return "set";
  }

  String script() {
    return script;
  }

  String answer(String text) {
    answer = text;
    return "set";
  }

  /** Sets the header that failures carry; empty for none. */
  String retryAfter(String value) {
    retryAfter = value;
    return "set";
  }

  String error(String message) {
    error = message;
    return "set";
  }

  String release() {
    gate.release();
    return "released";
  }

  String answer() {
    return answer;
  }

  /** The answer's next line, from the first again after the last. */
  String nextLine() {
    List<String> lines = answer.lines().toList();
    return lines.get(line.getAndIncrement() % lines.size());
  }

  Semaphore gate() {
    return gate;
  }

  Flood flood() {
    return flood;
  }

  Map<String, List<String>> failureHeaders() {
    List<String> json = List.of("application/json");
    return retryAfter.isEmpty()
        ? Map.of("Content-Type", json)
        : Map.of("Content-Type", json, "Retry-After", List.of(retryAfter));
  }

  String failureBody() {
    return RawRequest.JSON
        .createObjectNode()
        .set("error", RawRequest.JSON.createObjectNode().put("message", error).put("type", "test"))
        .toString();
  }
}
