package dev.ragline.parsing;

import dev.ragline.document.reading.ReadingBuilder;
import dev.ragline.document.reading.TextSpan;

/**
 * A Markdown text whose marks beyond CommonMark are covered, so that its parser reads none of them
 * as text. Each char stays in its place, so a place in one is the same place in the other.
 */
final class MaskedText {
  /** Covers what no reader sees; a noncharacter, which to the parser is part of a word. */
  static final char NOTHING = '\uFDD0';

  /** Covers what is read as it stands, whatever it would mean to the parser. */
  static final char AS_IT_STANDS = '\uFDD1';

  private final String source;
  private final char[] chars;

  MaskedText(String source) {
    this.source = source;
    this.chars = source.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      if (chars[i] == NOTHING || chars[i] == AS_IT_STANDS) {
        chars[i] = AS_IT_STANDS;
      }
    }
  }

  String source() {
    return source;
  }

  /** What the parser is given. */
  String text() {
    return String.valueOf(chars);
  }

  /** What the parser is given of a span. */
  String text(TextSpan span) {
    return String.valueOf(chars, span.start(), span.length());
  }

  char at(int index) {
    return chars[index];
  }

  /** Whether the parser sees something else here. */
  boolean isMasked(int index) {
    return chars[index] != source.charAt(index);
  }

  /** Covers a span, but for its line ends. */
  void hide(int start, int end) {
    fill(start, end, NOTHING);
  }

  /** Makes a span blank, but for its line ends. */
  void blank(int start, int end) {
    fill(start, end, ' ');
  }

  private void fill(int start, int end, char with) {
    for (int i = start; i < end; i++) {
      if (chars[i] != '\n' && chars[i] != '\r') {
        chars[i] = with;
      }
    }
  }

  /** Puts other marks in place of those that the parser does not know. */
  void put(int at, String marks) {
    marks.getChars(0, marks.length(), chars, at);
  }

  /** Takes the meaning from all marks of inlines in a span. */
  void read(TextSpan span) {
    for (int i = span.start(); i < span.end(); i++) {
      if (isMark(chars[i])) {
        chars[i] = AS_IT_STANDS;
      }
    }
  }

  /** Marks of inlines in a span. */
  long marks(TextSpan span) {
    long marks = 0;
    for (int i = span.start(); i < span.end(); i++) {
      marks += isMark(chars[i]) ? 1 : 0;
    }
    return marks;
  }

  private static boolean isMark(char c) {
    return "[]<`&*_!\\".indexOf(c) >= 0;
  }

  /** Shows a char as the parser read it. */
  void show(int at, ReadingBuilder out) {
    char c = chars[at];
    if (c == NOTHING) {
      return;
    }
    if (c == AS_IT_STANDS || c == source.charAt(at)) {
      out.verbatim(at, at + 1);
    } else {
      out.replaced(at, at + 1, String.valueOf(c));
    }
  }
}
