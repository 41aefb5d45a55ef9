package dev.ragline.chunking;

import dev.ragline.parsing.Blanks;
import dev.ragline.parsing.Lines;
import dev.ragline.parsing.Sentences;
import dev.ragline.parsing.TextSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The inner boundaries at which a text that does not fit is cut, from coarse to fine. */
enum Cutter {
  /** Before each item of the outermost list. */
  ITEMS {
    @Override
    List<Integer> boundaries(String text, TextSpan span) {
      List<Integer> starts = new ArrayList<>();
      int outermost = Integer.MAX_VALUE;
      for (TextSpan line : Lines.of(text, span)) {
        Matcher item = ITEM.matcher(text).region(line.start(), line.end());
        if (!item.lookingAt()) {
          continue;
        }
        int indent = item.end(1) - item.start(1);
        if (indent < outermost) {
          outermost = indent;
          starts.clear();
        }
        if (indent == outermost) {
          starts.add(line.start());
        }
      }
      return starts;
    }
  },

  /** After blank lines. */
  PARAGRAPHS {
    @Override
    List<Integer> boundaries(String text, TextSpan span) {
      List<Integer> ends = new ArrayList<>();
      for (TextSpan line : Lines.of(text, span)) {
        if (Blanks.isBlank(text, line)) {
          ends.add(line.end());
        }
      }
      return ends;
    }
  },

  /** After each line. */
  LINES {
    @Override
    List<Integer> boundaries(String text, TextSpan span) {
      return Lines.of(text, span).stream().map(TextSpan::end).toList();
    }
  },

  /** After each sentence; the marks before a sentence, such as a list's, stay with it. */
  SENTENCES {
    @Override
    List<Integer> boundaries(String text, TextSpan span) {
      List<TextSpan> sentences = Sentences.in(span.of(text));
      return sentences.stream()
          .limit(Math.max(0, sentences.size() - 1))
          .map(sentence -> span.start() + sentence.end())
          .toList();
    }
  };

  private static final Pattern ITEM =
      Pattern.compile("([ \t]*+)(?:[-*+]|[0-9]{1,9}+[.)])(?:[ \t]|$)", Pattern.MULTILINE);

  /** Where a span can be cut, ascending. */
  abstract List<Integer> boundaries(String text, TextSpan span);

  /** The pieces, without the blanks between them. */
  List<TextSpan> cut(String text, TextSpan span) {
    List<TextSpan> pieces = new ArrayList<>();
    int start = span.start();
    for (int boundary : boundaries(text, span)) {
      addVisible(text, new TextSpan(start, boundary), pieces);
      start = boundary;
    }
    addVisible(text, new TextSpan(start, span.end()), pieces);
    return pieces;
  }

  private static void addVisible(String text, TextSpan piece, List<TextSpan> pieces) {
    TextSpan visible = Blanks.trim(text, piece);
    if (visible.length() > 0) {
      pieces.add(visible);
    }
  }
}
