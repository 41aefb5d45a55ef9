package dev.ragline.testing;

import dev.ragline.answering.AnswerWriter;
import dev.ragline.answering.Citation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is written, and refuses citations of text that is not there yet. */
public final class RecordingDraft implements AnswerWriter.Draft {
  private final StringBuilder text = new StringBuilder();
  private final List<Citation> citations = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  @Override
  public void text(String piece) {
    text.append(piece);
  }

  @Override
  public long length() {
    return text.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public void cite(Citation citation) {
    if (citation.claim().end() > length()) {
      throw new AssertionError("cited before it was written: " + citation);
    }
    citations.add(citation);
  }

  @Override
  public void warn(String code, String message) {
    warnings.add(code);
  }

  @Override
  public String text(int start) {
    return text.substring(start);
  }

  public List<Citation> citations() {
    return citations;
  }

  /** The warnings' codes. */
  public List<String> warnings() {
    return warnings;
  }

  /** "claim ← quote" of each citation. */
  public List<String> sources() {
    return citations.stream()
        .map(c -> Passages.claimOf(c, text()) + " ← " + Passages.quoteOf(c))
        .toList();
  }
}
