package dev.ragline.answering.extractive;

import dev.ragline.analysis.Words;
import dev.ragline.document.reading.TextSpan;
import dev.ragline.parsing.Announcements;
import java.util.Comparator;
import java.util.Set;

/**
 * What can be quoted as one: a sentence, a table's row or a block of code.
 *
 * @param chunk the ordinal of the chunk that it stands in
 * @param span chars of that chunk's reading
 * @param place where it stands in its document's structure
 * @param text as a reader sees it, code line by line
 * @param context what a reader sees with it, such as the names of a row's columns; may be empty
 * @param words its different words, and those of its context
 */
record Sentence(
    Section section,
    int chunk,
    TextSpan span,
    Place place,
    String text,
    String context,
    Set<String> words) {
  /** What kinds there are. */
  enum Kind {
    /** A sentence of a paragraph. */
    PROSE,
    /** A sentence of a list item's first paragraph. */
    ITEM,
    /** A table's row of column names; never an answer by itself. */
    HEADER,
    /** A table's row. */
    ROW,
    /** A block of code. */
    CODE
  }

  /**
   * A place in the structure of a document.
   *
   * @param block what stands together, such as the sentences of a paragraph, has the same number
   * @param level how many lists it stands in
   * @param mark what stands before it if it begins a list's item, such as "-" or "2."
   */
  record Place(Kind kind, int block, int level, String mark) {
    /** Somewhere in a text without structure. */
    static final Place ANYWHERE = new Place(Kind.PROSE, -1, 0, "");

    boolean isRow() {
      return kind == Kind.ROW || kind == Kind.HEADER;
    }

    /** Whether it begins a step: an item of a numbered list. */
    boolean isStep() {
      return kind == Kind.ITEM && !mark.isEmpty() && Character.isDigit(mark.charAt(0));
    }
  }

  /** By passage, and as they stand there. */
  static final Comparator<Sentence> IN_TEXT =
      Comparator.comparingInt((Sentence s) -> s.section().passage())
          .thenComparingInt(Sentence::chunk)
          .thenComparingInt(s -> s.span().start());

  Sentence {
    words = Set.copyOf(words);
  }

  /** A sentence of a text without structure. */
  static Sentence of(Section section, int chunk, TextSpan span, String text) {
    return of(section, chunk, Place.ANYWHERE, span, text, "");
  }

  /**
   * A piece with what it is made of.
   *
   * @param context what a reader sees with it, such as the names of a row's columns
   */
  static Sentence of(
      Section section, int chunk, Place place, TextSpan span, String text, String context) {
    Set<String> words = Set.copyOf(Words.of(context + "\n" + text, section.language()));
    return new Sentence(section, chunk, span, place, text, context, words);
  }

  /** All that it is compared by. */
  String textInContext() {
    return context.isEmpty() ? text : context + "\n" + text;
  }

  Kind kind() {
    return place.kind();
  }

  /** Whether it only announces what follows. */
  boolean endsInColon() {
    return kind() != Kind.CODE && Announcements.endsInColon(text);
  }
}
