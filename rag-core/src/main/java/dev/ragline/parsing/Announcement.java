package dev.ragline.parsing;

import dev.ragline.document.LeadIn;
import dev.ragline.document.reading.TextSpan;

/**
 * Text without which what follows it is not understood.
 *
 * @param span the announcing text; chars of the source
 * @param scope what it announces, from its first visible char on, behind the span
 */
public record Announcement(LeadIn.Kind kind, TextSpan span, TextSpan scope) {
  public Announcement {
    if (scope.start() < span.end()) {
      throw new IllegalArgumentException("an announcement stands before what it announces");
    }
  }
}
