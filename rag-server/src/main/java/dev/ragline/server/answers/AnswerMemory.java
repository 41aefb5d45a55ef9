package dev.ragline.server.answers;

import dev.ragline.answering.AnswerId;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Counts what all logs hold in memory. Finished answers make room for those being written, the
 * least recently finished first. Safe for many threads.
 */
final class AnswerMemory {
  private final long mostBytes;
  private final Map<AnswerId, Finished> finished = new LinkedHashMap<>();
  private long used;

  private record Finished(AnswerLog log, long bytes, Instant at) {}

  AnswerMemory(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Takes so many bytes if there is room, or can be made. */
  synchronized boolean reserve(int bytes) {
    Iterator<Finished> oldest = finished.values().iterator();
    while (used + bytes > mostBytes && oldest.hasNext()) {
      used -= oldest.next().bytes();
      oldest.remove();
    }
    if (used + bytes > mostBytes) {
      return false;
    }
    used += bytes;
    return true;
  }

  /** Takes so many bytes, room or not: every answer may hold one event. */
  synchronized void force(long bytes) {
    used += bytes;
  }

  synchronized void release(long bytes) {
    used -= bytes;
  }

  /** Keeps an answer whose writer has ended, for which so many bytes are taken. */
  synchronized void keep(AnswerLog log, long bytes, Instant now) {
    Finished before = finished.put(log.id(), new Finished(log, bytes, now));
    used -= before == null ? 0 : before.bytes();
  }

  synchronized Optional<AnswerLog> find(AnswerId id) {
    return Optional.ofNullable(finished.get(id)).map(Finished::log);
  }

  /** Forgets finished answers. */
  synchronized void forget(Predicate<AnswerId> which) {
    removeIf(entry -> which.test(entry.log().id()));
  }

  /** Forgets what was finished before an instant. */
  synchronized void forgetBefore(Instant instant) {
    removeIf(entry -> entry.at().isBefore(instant));
  }

  synchronized long usedBytes() {
    return used;
  }

  private void removeIf(Predicate<Finished> which) {
    Iterator<Finished> entries = finished.values().iterator();
    while (entries.hasNext()) {
      Finished entry = entries.next();
      if (which.test(entry)) {
        used -= entry.bytes();
        entries.remove();
      }
    }
  }
}
