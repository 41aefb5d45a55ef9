package dev.ragline.parsing;

/** Tells full stops that end a sentence from those that end a word. */
interface FullStops {
  /** What may stand between a full stop and the first letter of what follows. */
  String OPENERS = "([{\"'“‘«「『（【《*_`~";

  /**
   * Whether the sentence goes on after a full stop.
   *
   * @param start where the sentence begins
   * @param mark the full stop, or the first of several marks
   * @param end the first char after the marks and what closes after them: a blank, or the text's
   *     end
   */
  boolean goesOn(int start, int mark, int end);

  /** Where what follows begins, past blanks and opening marks; the text's end for nothing. */
  static int following(CharSequence text, int end) {
    int at = end;
    while (at < text.length()
        && (Blanks.isBlank(text.charAt(at)) || OPENERS.indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return at;
  }
}
