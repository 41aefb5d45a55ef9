package dev.ragline.chunking;

import dev.ragline.document.reading.Reading;
import dev.ragline.document.reading.TextSpan;
import dev.ragline.parsing.Blanks;
import dev.ragline.parsing.HtmlRows;
import dev.ragline.parsing.Lines;
import dev.ragline.parsing.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The inner boundaries at which a text that does not fit is cut, from coarse to fine. */
enum Cutter {
  /** Before each item of the outermost list. */
  ITEMS {
    @Override
    List<Integer> boundaries(Reading reading, TextSpan span) {
      List<Integer> starts = new ArrayList<>();
      int outermost = Integer.MAX_VALUE;
      for (TextSpan line : Lines.of(reading.source(), span)) {
        Matcher item = ITEM.matcher(reading.source()).region(line.start(), line.end());
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

  /** Before each row of an HTML table. */
  HTML_ROWS {
    @Override
    List<Integer> boundaries(Reading reading, TextSpan span) {
      return HtmlRows.starts(reading.source(), span);
    }
  },

  /** After blank lines. */
  PARAGRAPHS {
    @Override
    List<Integer> boundaries(Reading reading, TextSpan span) {
      List<Integer> ends = new ArrayList<>();
      for (TextSpan line : Lines.of(reading.source(), span)) {
        if (Blanks.isBlank(reading.source(), line)) {
          ends.add(line.end());
        }
      }
      return ends;
    }
  },

  /** After each line. */
  LINES {
    @Override
    List<Integer> boundaries(Reading reading, TextSpan span) {
      return Lines.of(reading.source(), span).stream().map(TextSpan::end).toList();
    }
  },

  /** After each sentence; the marks before a sentence, such as a list's, stay with it. */
  SENTENCES {
    @Override
    List<Integer> boundaries(Reading reading, TextSpan span) {
      return sentenceEnds(reading, span);
    }
  };

  private static final Pattern ITEM =
      Pattern.compile("([ \t]*+)(?:[-*+]|[0-9]{1,9}+[.)])(?:[ \t]|$)", Pattern.MULTILINE);

  /** Where a span can be cut, ascending. */
  abstract List<Integer> boundaries(Reading reading, TextSpan span);

  /** The pieces, without the blanks between them. */
  List<TextSpan> cut(Reading reading, TextSpan span) {
    String text = reading.source();
    List<TextSpan> pieces = new ArrayList<>();
    int start = span.start();
    for (int boundary : boundaries(reading, span)) {
      addVisible(text, new TextSpan(start, boundary), pieces);
      start = boundary;
    }
    addVisible(text, new TextSpan(start, span.end()), pieces);
    return pieces;
  }

  /** Where all sentences but the last one end, with the marks that close what they stand in. */
  static List<Integer> sentenceEnds(Reading reading, TextSpan span) {
    Reading slice = reading.slice(span);
    List<TextSpan> sentences = Sentences.in(slice).stream().map(slice::sourceSpan).toList();
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i + 1 < sentences.size(); i++) {
      int end = sentences.get(i).end();
      int next = sentences.get(i + 1).start();
      while (end < next && !Blanks.isBlank(slice.source().charAt(end))) {
        end++;
      }
      ends.add(span.start() + end);
    }
    return ends;
  }

  private static void addVisible(String text, TextSpan piece, List<TextSpan> pieces) {
    TextSpan visible = Blanks.trim(text, piece);
    if (visible.length() > 0) {
      pieces.add(visible);
    }
  }
}
