package dev.ragline.server.answers;

import java.util.ArrayList;
import java.util.List;

/**
 * Who reads an answer that is being written, and since when nobody does. Changed and asked under
 * the answer's lock, but for {@link #all}.
 */
final class Readers {
  /** Replaced, never changed, so that it can be gone through without a lock. */
  private volatile List<AnswerSubscription> all = List.of();

  private long noneSince;

  Readers(long now) {
    this.noneSince = now;
  }

  /** All of them, as they are now. */
  List<AnswerSubscription> all() {
    return all;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  void add(AnswerSubscription reader) {
    List<AnswerSubscription> more = new ArrayList<>(all);
    more.add(reader);
    all = List.copyOf(more);
  }

  /** Lets a reader go; returns whether it was one, and the last. */
  boolean removeLast(AnswerSubscription reader, long now) {
    if (!all.contains(reader)) {
      return false;
    }
    all = all.stream().filter(other -> other != reader).toList();
    noneSince = now;
    return all.isEmpty();
  }

  /** For how long there has been none. */
  long nanosWithout(long now) {
    return all.isEmpty() ? now - noneSince : 0;
  }

  /** The sequence from which on somebody may still want events: all, when nobody is there now. */
  long unread() {
    return all.isEmpty() ? 0 : slowest();
  }

  /** The sequence that the slowest of them takes next; behind all when there is none. */
  long slowest() {
    long slowest = AnswerSubscription.BEHIND_ALL;
    for (AnswerSubscription reader : all) {
      slowest = Math.min(slowest, reader.next);
    }
    return slowest;
  }

  /** Whether one of them waits for the event of this sequence. */
  boolean anyAwaits(long sequence) {
    return all.stream().anyMatch(reader -> reader.next == sequence);
  }
}
