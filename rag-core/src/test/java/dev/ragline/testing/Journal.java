package dev.ragline.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the server has seen since it was last reset. */
final class Journal {
  private static final long LONGEST_WAIT_MILLIS = 30_000;

  private final List<String> requests = new ArrayList<>();
  private final Set<Integer> closed = new HashSet<>();
  private int generation;

  /** Notes a request and gives it an id. */
  synchronized int record(RawRequest request) {
    ObjectNode node = RawRequest.JSON.valueToTree(request);
    try {
      requests.add(RawRequest.JSON.writeValueAsString(node));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    notifyAll();
    return generation + requests.size() - 1;
  }

  synchronized void closed(int id) {
    // An answer of the test before may end late.
    if (id >= generation) {
      closed.add(id);
      notifyAll();
    }
  }

  synchronized void clear() {
    generation += requests.size();
    requests.clear();
    closed.clear();
  }

  /** All requests as JSON lines, once there are {@code count}, or after half a minute. */
  synchronized List<String> requests(int count) throws InterruptedException {
    long until = System.currentTimeMillis() + LONGEST_WAIT_MILLIS;
    while (requests.size() < count && until > System.currentTimeMillis()) {
      wait(Math.max(1, until - System.currentTimeMillis()));
    }
    return List.copyOf(requests);
  }

  /** How many answers the client did not wait for, as {@link #requests(int)}. */
  synchronized int awaitClosed(int count) throws InterruptedException {
    long until = System.currentTimeMillis() + LONGEST_WAIT_MILLIS;
    while (closed.size() < count && until > System.currentTimeMillis()) {
      wait(Math.max(1, until - System.currentTimeMillis()));
    }
    return closed.size();
  }
}
