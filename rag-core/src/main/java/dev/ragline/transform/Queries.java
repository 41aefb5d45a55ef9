package dev.ragline.transform;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is searched for.
 *
 * @param question the core of the question, which stands alone
 * @param rewritten the whole question as it stands alone; null where that is the one that was asked
 * @param further wordings beside it
 * @param passage a passage as it might answer the question; null for none
 */
public record Queries(
    String question, @Nullable String rewritten, List<String> further, @Nullable String passage) {
  public Queries {
    further = List.copyOf(further);
  }

  /** One question as it is. */
  public static Queries only(String question) {
    return new Queries(question, null, List.of(), null);
  }

  /**
   * A question that stands alone by guess only, so that the plain one is searched for, too: what is
   * wrong in the one, the other makes up for.
   */
  static Queries beside(String rewritten, String plain, List<String> further) {
    return new Queries(
        rewritten, rewritten, Stream.concat(Stream.of(plain), further.stream()).toList(), null);
  }

  /** The same searched by the core of the question. */
  Queries about(String core) {
    return new Queries(core, rewritten, further, passage);
  }

  /** The same with a hypothetical passage. */
  Queries with(@Nullable String other) {
    return new Queries(question, rewritten, further, other);
  }
}
