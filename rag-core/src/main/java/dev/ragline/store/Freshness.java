package dev.ragline.store;

import dev.ragline.document.Consistency;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot must show at least.
 *
 * @param level null for what the corpus asks for
 * @param token what a write returned, to see at least that write; empty for none
 */
public record Freshness(@Nullable Consistency level, String token) {
  /** What the corpus asks for. */
  public static final Freshness DEFAULT = new Freshness(null, "");

  /** All that anybody wrote. */
  public static final Freshness STRONG = new Freshness(Consistency.STRONG, "");

  /** At least the write that returned {@code token}. */
  public static Freshness of(String token) {
    return new Freshness(null, token);
  }
}
