package dev.ragline.parsing;

import dev.ragline.document.LeadIn;

/**
 * Text without which what follows it is not understood.
 *
 * @param span the announcing text, without white space at its ends
 * @param scope what it announces, from its first char on; begins at the span's end or later
 */
public record Announcement(LeadIn.Kind kind, TextSpan span, TextSpan scope) {
  public Announcement {
    if (scope.start() < span.end()) {
      throw new IllegalArgumentException("an announcement stands before what it announces");
    }
  }

  Announcement shift(int by) {
    return new Announcement(
        kind,
        new TextSpan(span.start() + by, span.end() + by),
        new TextSpan(scope.start() + by, scope.end() + by));
  }
}
