package dev.ragline.server.answers;

import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import dev.ragline.answering.AnswerId;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerDigest;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.Heartbeat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The last events of an answer, numbered, each as its bytes without the answer's name; those before
 * them are forgotten. For one thread at a time.
 */
final class EventWindow {
  private final AnswerId id;
  private final EventBytes events = new EventBytes();
  private long first;
  private boolean complete;
  private Duration lastElapsed = Duration.getDefaultInstance();

  EventWindow(AnswerId id) {
    this.id = id;
  }

  /** Events that were numbered before, the first of them with this sequence. */
  EventWindow(AnswerId id, long first, List<byte[]> events) {
    this(id);
    this.first = first;
    events.forEach(this.events::add);
  }

  AnswerId id() {
    return id;
  }

  /** The sequence of the first event that is held; {@link #end} when none is. */
  long first() {
    return first;
  }

  /** The sequence that the next event gets. */
  long end() {
    return first + events.size();
  }

  boolean isEmpty() {
    return events.size() == 0;
  }

  /** Bytes of the events held. */
  long bytes() {
    return events.length();
  }

  /** Whether the answer's last event was added. */
  boolean isComplete() {
    return complete;
  }

  /** Bytes of the events from one on, {@link #first} or later; none behind the last. */
  long bytesFrom(long sequence) {
    return sequence < end() ? events.lengthFrom(index(sequence)) : 0;
  }

  /** The events held, in order. */
  List<byte[]> all() {
    List<byte[]> all = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      all.add(
          events.get(
              i, (bytes, start, length) -> Arrays.copyOfRange(bytes, start, start + length)));
    }
    return all;
  }

  /** Numbers an event, holds it, and returns how many bytes it has. */
  int add(AnswerEvent event) {
    AnswerEvent.Builder numbered = event.toBuilder().clearAnswer().setSequence(end());
    if (event.hasCompleted()) {
      Answer.Builder answer = numbered.getCompletedBuilder().getAnswerBuilder();
      answer.setName(id.resourceName());
      // Over the name, too, which nobody knew before.
      answer.setAnswerSha256(AnswerDigest.of(answer));
    }
    complete = event.hasCompleted();
    lastElapsed = event.getElapsed();
    byte[] bytes = numbered.build().toByteArray();
    events.add(bytes);
    return bytes.length;
  }

  /** A heartbeat so long after the last event. */
  AnswerEvent heartbeat(long nanosOfSilence) {
    return AnswerEvent.newBuilder()
        .setHeartbeat(Heartbeat.getDefaultInstance())
        .setElapsed(Durations.add(lastElapsed, Durations.fromNanos(nanosOfSilence)))
        .build();
  }

  /** An event between {@link #first} and {@link #end}. */
  AnswerEvent get(long sequence) {
    return events.get(index(sequence), this::parse);
  }

  private int index(long sequence) {
    return Math.toIntExact(sequence - first);
  }

  private AnswerEvent parse(byte[] bytes, int start, int length) {
    try {
      return AnswerEvent.newBuilder()
          .mergeFrom(bytes, start, length)
          .setAnswer(id.resourceName())
          .build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("what was written here cannot be read", e);
    }
  }

  /** Forgets the first event and returns how many bytes it had. */
  int dropFirst() {
    first++;
    return events.dropFirst();
  }
}
