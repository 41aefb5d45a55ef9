package dev.ragline.answering;

import dev.ragline.answering.AnswerEvent.CitationAdded;
import dev.ragline.answering.AnswerEvent.Completed;
import dev.ragline.answering.AnswerEvent.Happening;
import dev.ragline.answering.AnswerEvent.TextDelta;
import dev.ragline.answering.AnswerEvent.Warned;
import dev.ragline.document.Warning;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Turns what happens to an answer into its events, and keeps the laws of the stream. */
final class EventDraft implements AnswerWriter.Draft {
  private final AnswerId id;
  private final LongSupplier nanoClock;
  private final Consumer<AnswerEvent> events;
  private final long startNanos;
  private final WellFormed wellFormed = new WellFormed();
  private final StringBuilder text = new StringBuilder();
  private final List<Citation> citations = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();
  private long bytes;
  private long sequence;
  private boolean closed;

  EventDraft(AnswerId id, LongSupplier nanoClock, Consumer<AnswerEvent> events) {
    this.id = id;
    this.nanoClock = nanoClock;
    this.events = events;
    this.startNanos = nanoClock.getAsLong();
  }

  @Override
  public void text(String piece) {
    requireOpen();
    append(wellFormed.next(piece));
  }

  /** {@inheritDoc} A high surrogate that waits for its partner is not counted yet. */
  @Override
  public long length() {
    return bytes;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException for a claim that reaches beyond {@link #length()}
   */
  @Override
  public void cite(Citation citation) {
    requireOpen();
    if (citation.claim().end() > bytes) {
      throw new IllegalStateException(
          "a citation up to byte %d of an answer of %d".formatted(citation.claim().end(), bytes));
    }
    citations.add(citation);
    emit(new CitationAdded(citation, Answer.digest(text.toString(), citation.claim())));
  }

  @Override
  public void warn(String code, String message) {
    requireOpen();
    note(code, message);
  }

  /** Warns of what is noticed in the ended text. */
  void note(String code, String message) {
    Warning warning = new Warning(code, message);
    warnings.add(warning);
    emit(new Warned(warning));
  }

  /** Ends the text: whatever still waits for a partner is sent, and the writer may add no more. */
  void close() {
    append(wellFormed.end());
    closed = true;
  }

  /** Hands an event over. */
  void emit(Happening happening) {
    Duration elapsed = Duration.ofNanos(nanoClock.getAsLong() - startNanos);
    events.accept(new AnswerEvent(id, sequence++, elapsed, happening));
  }

  /** Hands over the last event. */
  Answer complete(Answer answer) {
    emit(new Completed(answer));
    return answer;
  }

  AnswerId id() {
    return id;
  }

  @Override
  public String text(int start) {
    return text.substring(start);
  }

  List<Citation> citations() {
    return citations;
  }

  List<Warning> warnings() {
    return warnings;
  }

  private void append(String piece) {
    if (piece.isEmpty()) {
      return;
    }
    long before = bytes;
    text.append(piece);
    bytes += piece.getBytes(StandardCharsets.UTF_8).length;
    emit(new TextDelta(piece, before));
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the answer has ended");
    }
  }
}
