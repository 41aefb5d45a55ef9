package dev.ragline.chunking;

import dev.ragline.document.reading.Reading;
import dev.ragline.document.reading.TextSpan;
import dev.ragline.parsing.Announcement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Pattern;

/** The title, headings and lead-ins that are embedded with a text, as lines before it. */
final class ContextLines {
  private static final Pattern LINE_END = Pattern.compile("\\s*+\\R\\s*+");

  private final TokenCounter counter;
  private final int window;

  /**
   * @param window the most tokens of lines and text together
   */
  ContextLines(TokenCounter counter, int window) {
    this.counter = counter;
    this.window = window;
  }

  /**
   * The title and the path, outermost first, without repetitions and without what {@code shown}
   * holds, since the text says it already; at most a quarter of the window, which the innermost
   * headings get first.
   */
  List<String> lines(String title, List<String> path, Collection<String> shown) {
    SequencedSet<String> distinct = new LinkedHashSet<>();
    distinct.add(title.strip());
    distinct.addAll(path);
    distinct.removeAll(shown);
    distinct.remove("");
    return fitting(distinct);
  }

  /** What announces a text, outermost first, in at most a quarter of the window, as headings. */
  List<String> leadIns(Reading reading, List<Announcement> announcements) {
    if (announcements.isEmpty()) {
      return List.of();
    }
    SequencedSet<String> distinct = new LinkedHashSet<>();
    for (Announcement announcement : announcements) {
      distinct.add(shown(reading, announcement));
    }
    distinct.remove("");
    return fitting(distinct);
  }

  /** What a reader sees of an announcement, on one line. */
  static String shown(Reading reading, Announcement announcement) {
    return LINE_END.matcher(reading.of(announcement.span())).replaceAll(" ").strip();
  }

  private List<String> fitting(SequencedSet<String> distinct) {
    List<String> lines = new ArrayList<>();
    int room = window / 4;
    for (String line : distinct.reversed()) {
      int tokens = counter.count(line);
      if (tokens > room && lines.isEmpty()) {
        lines.add(beginning(line, room));
      }
      if (tokens > room) {
        break;
      }
      lines.add(line);
      room -= tokens;
    }
    return List.copyOf(lines.reversed());
  }

  /** Tokens that the lines take. */
  int tokens(List<String> lines) {
    return lines.isEmpty() ? 0 : counter.count(String.join("\n", lines));
  }

  /**
   * What stands before the text where it is embedded: its lines, each with a line end; the
   * outermost are left out as far as the text needs their room.
   */
  String before(List<String> lines, String text) {
    for (int from = 0; from < lines.size(); from++) {
      String before = String.join("\n", lines.subList(from, lines.size())) + "\n";
      if (counter.count(before + text) <= window) {
        return before;
      }
    }
    return "";
  }

  private String beginning(String line, int room) {
    int end =
        new Prefix(Reading.verbatim(line, List.of()), counter)
            .end(new TextSpan(0, line.length()), room, Chunkers.maxChars(room));
    return line.substring(0, end);
  }
}
