package dev.ragline.generation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps out thoughts that come after the first words: blocks whose opening tag begins a line. In
 * the middle of a line, in fenced code and without its end such a tag is part of the text. For one
 * text.
 */
public final class LaterThoughts {
  private static final List<String> FENCES = List.of("```", "~~~");

  private final StringBuilder line = new StringBuilder();
  private final StringBuilder block = new StringBuilder();
  private @Nullable ThoughtTag inside;
  private boolean lineBegins = true;
  private boolean fenced;
  private boolean said;
  private boolean leaked;

  /** The text in the next piece, which may be empty. */
  public String next(String piece) {
    StringBuilder text = new StringBuilder(piece.length());
    for (int i = 0; i < piece.length() && !leaked; i++) {
      char c = piece.charAt(i);
      if (inside != null) {
        think(c, inside);
      } else if (lineBegins) {
        begin(c, text);
      } else {
        text.append(c);
        lineBegins = c == '\n';
      }
    }
    said |= !text.toString().isBlank();
    return text.toString();
  }

  /**
   * Whether a line began with the end of thoughts that never began: all before it was thought, and
   * has been handed on as text.
   */
  public boolean leaked() {
    return leaked;
  }

  /** What was held back and is text after all, once there are no more pieces. */
  public String end() {
    return block.append(line).toString();
  }

  private void think(char c, ThoughtTag tag) {
    block.append(c);
    int from = block.length() - tag.close().length();
    if (from >= 0 && block.indexOf(tag.close(), from) == from) {
      block.setLength(0);
      inside = null;
    }
  }

  private void begin(char c, StringBuilder text) {
    if (line.isEmpty() && Character.isWhitespace(c)) {
      text.append(c);
      return;
    }
    line.append(c);
    String begun = line.toString();
    if (!fenced && isWholeTag(begun, text)) {
      line.setLength(0);
      return;
    }
    if (FENCES.contains(begun)) {
      fenced = !fenced;
    } else if (begins(begun)) {
      return;
    }
    text.append(begun);
    line.setLength(0);
    lineBegins = c == '\n';
  }

  private boolean isWholeTag(String begun, StringBuilder text) {
    for (ThoughtTag tag : ThoughtTag.BLOCKS) {
      if (begun.equals(tag.open())) {
        inside = tag;
        block.append(begun);
        return true;
      }
      if (begun.equals(tag.close())) {
        leaked = said || !text.toString().isBlank();
        return true;
      }
    }
    return false;
  }

  private boolean begins(String begun) {
    return FENCES.stream().anyMatch(fence -> fence.startsWith(begun))
        || (!fenced
            && ThoughtTag.BLOCKS.stream()
                .anyMatch(tag -> tag.open().startsWith(begun) || tag.close().startsWith(begun)));
  }
}
