package dev.ragline.transform;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is searched for.
 *
 * @param question the question, which stands alone
 * @param rewritten whether it is not the one that was asked
 * @param further wordings beside it
 * @param passage a passage as it might answer the question; null for none
 */
public record Queries(
    String question, boolean rewritten, List<String> further, @Nullable String passage) {
  public Queries {
    further = List.copyOf(further);
  }

  /** One question as it is. */
  public static Queries only(String question) {
    return new Queries(question, false, List.of(), null);
  }

  /**
   * A question that stands alone by guess only, so that the plain one is searched for, too: what is
   * wrong in the one, the other makes up for.
   */
  static Queries beside(String rewritten, String plain, List<String> further) {
    return new Queries(
        rewritten, true, Stream.concat(Stream.of(plain), further.stream()).toList(), null);
  }

  /** The same with a hypothetical passage. */
  Queries with(@Nullable String other) {
    return new Queries(question, rewritten, further, other);
  }
}
