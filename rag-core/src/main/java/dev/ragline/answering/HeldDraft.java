package dev.ragline.answering;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keeps what is written until it is known whether anybody may see it. */
final class HeldDraft implements AnswerWriter.Draft {
  private final WellFormed wellFormed = new WellFormed();
  private final List<Consumer<AnswerWriter.Draft>> steps = new ArrayList<>();
  private final List<Citation> citations = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private long bytes;

  @Override
  public void text(String piece) {
    append(wellFormed.next(piece));
  }

  @Override
  public long length() {
    return bytes;
  }

  @Override
  public void cite(Citation citation) {
    citations.add(citation);
    steps.add(draft -> draft.cite(citation));
  }

  @Override
  public void warn(String code, String message) {
    steps.add(draft -> draft.warn(code, message));
  }

  /** Ends the text. */
  void close() {
    append(wellFormed.end());
  }

  /** Does to another draft all that was done to this one. */
  void release(AnswerWriter.Draft draft) {
    steps.forEach(step -> step.accept(draft));
  }

  @Override
  public String text(int start) {
    return text.substring(start);
  }

  List<Citation> citations() {
    return citations;
  }

  private void append(String piece) {
    text.append(piece);
    bytes += piece.getBytes(StandardCharsets.UTF_8).length;
    steps.add(draft -> draft.text(piece));
  }
}
