package dev.ragline.chunking;

import dev.ragline.document.LeadIn;
import dev.ragline.document.reading.TextSpan;
import dev.ragline.parsing.Announcement;
import dev.ragline.parsing.Blanks;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds what announces the text at a place. Scopes lie in one another or apart, as blocks do, so
 * those around a place are found from the last that begins before it, in steps from each to the one
 * around it.
 */
final class Explanations {
  static final Explanations NONE = new Explanations("", List.of());

  /** So many of a place are known, the nearest. */
  private static final int MOST = 6;

  /** Chars of one: a longer one explains less than it takes. */
  private static final int MOST_CHARS = 512;

  private static final int MOST_MARKS = 200;

  private final String text;
  private final List<Announcement> all;

  /** The index of what each stands in the scope of; -1 where there is none. */
  private final int[] around;

  /** Those that are not to be parted from what follows. */
  private final List<Announcement> inseparable;

  /**
   * @param announcements as a parsed document has them
   */
  Explanations(String text, List<Announcement> announcements) {
    this.text = text;
    this.all = announcements.stream().filter(it -> it.span().length() <= MOST_CHARS).toList();
    this.around = around(all);
    this.inseparable = all.stream().filter(it -> it.kind() != LeadIn.Kind.ITEM).toList();
  }

  private static int[] around(List<Announcement> all) {
    int[] around = new int[all.size()];
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < around.length; i++) {
      int start = all.get(i).span().end();
      while (!open.isEmpty() && all.get(open.peek()).scope().end() <= start) {
        open.pop();
      }
      around[i] = open.isEmpty() ? -1 : open.peek();
      open.push(i);
    }
    return around;
  }

  /** What announces the char at a place, outermost first. */
  List<Announcement> of(int place) {
    int at = lastEndingBefore(all, place);
    SequencedMap<Integer, Announcement> found = new LinkedHashMap<>();
    while (at >= 0 && found.size() < MOST) {
      Announcement announcement = all.get(at);
      if (announcement.scope().end() > place) {
        found.putIfAbsent(announcement.span().start(), announcement);
      }
      at = around[at];
    }
    return found.isEmpty() ? List.of() : List.copyOf(found.sequencedValues().reversed());
  }

  /**
   * Where the text that ends at a place had better end, so that it does not end with an
   * announcement of what follows; null where it does not.
   */
  @Nullable Integer betterEnd(int end) {
    int at = lastEndingBefore(inseparable, end);
    // The announcement may itself be cut.
    int next = at + 1;
    if (next < inseparable.size() && inseparable.get(next).span().start() < end) {
      at = next;
    }
    return at < 0 || end > inseparable.get(at).scope().start()
        ? null
        : (Integer) markStart(inseparable.get(at).span().start());
  }

  /** Back over what shows nothing by itself: the marks that begin a line, the tags of a table. */
  private int markStart(int start) {
    return text.charAt(start) == '<' ? tagStart(start) : lineStart(start);
  }

  private int lineStart(int start) {
    int at = start;
    int limit = Math.max(0, start - MOST_MARKS);
    while (at > limit && " \t>*-+.)0123456789".indexOf(text.charAt(at - 1)) >= 0) {
      at--;
    }
    return at == 0 || text.charAt(at - 1) == '\n' ? at : start;
  }

  private int tagStart(int start) {
    int tag = start;
    while (true) {
      int end = Blanks.trim(text, new TextSpan(Math.max(0, tag - MOST_MARKS), tag)).end();
      boolean closed = end > 0 && text.charAt(end - 1) == '>';
      int open = closed ? text.lastIndexOf('<', end - 1) : -1;
      boolean isTag = open >= end - MOST_MARKS && open >= 0 && text.indexOf('>', open) == end - 1;
      if (!isTag) {
        return tag;
      }
      tag = open;
    }
  }

  /** The last whose announcing text ends at or before a place; -1 for none. */
  private static int lastEndingBefore(List<Announcement> sorted, int place) {
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted.get(middle).span().end() <= place) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }
}
