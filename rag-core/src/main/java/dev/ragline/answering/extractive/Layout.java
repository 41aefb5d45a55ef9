package dev.ragline.answering.extractive;

import dev.ragline.answering.extractive.Completion.Shown;
import dev.ragline.answering.extractive.Sentence.Kind;
import java.util.List;

/** What stands between the quotes of an answer: items, rows and code each begin a line. */
final class Layout {
  private static final String INDENT = "  ";

  private final List<Shown> shown;
  private final int outermost;
  private final boolean marked;

  Layout(List<Shown> shown) {
    this.shown = shown;
    this.outermost =
        shown.stream()
            .map(Shown::sentence)
            .filter(Layout::isMarked)
            .mapToInt(sentence -> sentence.place().level())
            .min()
            .orElse(0);
    // An item by itself is a sentence like any other.
    this.marked =
        shown.stream().map(Shown::sentence).filter(Layout::isMarked).count() > 1
            || !isMarked(shown.getFirst().sentence());
  }

  /** What stands before a quote. */
  String before(int index) {
    Sentence next = shown.get(index).sentence();
    String mark = isMarked(next) && marked ? indent(next) + mark(next) + " " : "";
    if (index == 0) {
      return mark;
    }
    Sentence last = shown.get(index - 1).sentence();
    if (!mark.isEmpty() || isApart(last) || isApart(next)) {
      return "\n" + mark;
    }
    boolean sameBlock =
        last.section().passage() == next.section().passage()
            && last.place().block() == next.place().block();
    boolean inList = last.place().level() > 0 || next.place().level() > 0;
    return sameBlock || !inList || !marked ? " " : "\n" + indent(next);
  }

  private static boolean isApart(Sentence sentence) {
    return sentence.kind() == Kind.CODE || sentence.place().isRow();
  }

  private static boolean isMarked(Sentence sentence) {
    return sentence.kind() == Kind.ITEM && !sentence.place().mark().isEmpty();
  }

  private String indent(Sentence sentence) {
    return INDENT.repeat(Math.max(0, sentence.place().level() - outermost));
  }

  private static String mark(Sentence item) {
    return item.place().isStep() ? item.place().mark() : "-";
  }
}
