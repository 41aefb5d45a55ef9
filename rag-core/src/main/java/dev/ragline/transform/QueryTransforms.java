package dev.ragline.transform;

import dev.ragline.document.RagException;
import java.util.List;

/**
 * What to make of a question before it is searched for.
 *
 * @param queries further wordings of the question, or questions beside it
 * @param history what was said before, the oldest first
 */
public record QueryTransforms(
    List<String> queries, List<Turn> history, Rewriting rewriting, Hyde hyde) {
  /** The question as it is. */
  public static final QueryTransforms NONE =
      new QueryTransforms(List.of(), List.of(), Rewriting.AUTO, Hyde.OFF);

  private static final int MOST_QUERIES = 8;
  private static final int MOST_TURNS = 64;

  public QueryTransforms {
    queries = List.copyOf(queries);
    history = List.copyOf(history);
    if (queries.size() > MOST_QUERIES) {
      throw RagException.invalid("retrieval.queries", "at most " + MOST_QUERIES);
    }
    for (int i = 0; i < queries.size(); i++) {
      if (queries.get(i).isBlank()) {
        throw RagException.invalid("retrieval.queries[%d]".formatted(i), "is empty");
      }
    }
    if (history.size() > MOST_TURNS) {
      throw RagException.invalid("history", "at most " + MOST_TURNS + " turns");
    }
  }

  /** The same with another history. */
  public QueryTransforms after(List<Turn> turns) {
    return new QueryTransforms(queries, turns, rewriting, hyde);
  }

  /** Whether the question is to be made to stand alone. */
  boolean rewrites() {
    return !history.isEmpty() && rewriting != Rewriting.OFF;
  }
}
