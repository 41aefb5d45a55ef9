package dev.ragline.answering.grounded;

import dev.ragline.document.RagException;
import dev.ragline.generation.ChatTurn;
import dev.ragline.generation.TokenCount;
import dev.ragline.retrieval.Passage;
import dev.ragline.transform.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fits a prompt into a model's context: instruction and question always, of the history's last
 * turns what a quarter of the rest holds, then passages by rank, and at last the turns before if
 * there is room. A passage that is too long loses the text around it; the first one, if need be,
 * its end, too. Tokens are estimated with {@link TokenCount}. For one prompt.
 */
final class ContextBudget {
  /** Tokens by which chat templates mark a turn; two for each that OpenAI counts. */
  private static final int TURN_TOKENS = 8;

  private static final int USUAL_ANSWER = 1024;

  /** Of the context, the most that is kept for an answer of which nothing is said. */
  private static final int ANSWER_SHARE = 4;

  private static final int HISTORY_SHARE = 4;

  /** With less room for material, no answer is worth writing. */
  private static final int FEWEST = 32;

  private static final String CUT = " …";

  private final String model;
  private final int window;
  private final int answer;
  private int left;
  private int tokens;

  /**
   * @param model for messages
   * @param window tokens of prompt and answer together
   * @param answer tokens to keep for the answer; null for what is usual
   */
  ContextBudget(String model, int window, @Nullable Integer answer) {
    this.model = model;
    this.window = window;
    this.answer = answer == null ? Math.min(USUAL_ANSWER, window / ANSWER_SHARE) : answer;
  }

  /**
   * Chooses what fits.
   *
   * @throws RagException FAILED_PRECONDITION with reason LLM_CONTEXT_TOO_SMALL where there is no
   *     room for any passage
   */
  Fitted fit(
      Instructions instructions, String question, List<Passage> passages, List<Turn> history) {
    int fixed = cost(instructions.system()) + cost(instructions.user("", question));
    left = (int) ((window - answer) / TokenCount.MARGIN) - fixed;
    tokens = fixed;
    if (left < FEWEST) {
      throw tooSmall(fixed);
    }
    List<ChatTurn> turns = Conversation.of(history, instructions::inert);
    int first = turnsFitting(turns, turns.size(), left / HISTORY_SHARE);
    List<Piece> pieces = pieces(passages, instructions);
    if (pieces.isEmpty()) {
      throw tooSmall(fixed);
    }
    List<ChatTurn> kept = Conversation.from(turnsFitting(turns, first, left), turns);
    return new Fitted(
        pieces.stream().map(Piece::passage).toList(),
        pieces.stream().map(Piece::text).collect(Collectors.joining("\n\n")),
        kept,
        passages.size(),
        turns.size(),
        (int) pieces.stream().filter(Piece::shortened).count(),
        (int) (tokens * TokenCount.MARGIN),
        window);
  }

  private List<Piece> pieces(List<Passage> passages, Instructions instructions) {
    List<Piece> pieces = new ArrayList<>();
    for (Passage passage : passages) {
      Piece piece = piece(passage, pieces.size() + 1, instructions);
      if (piece == null) {
        break;
      }
      pieces.add(piece);
      take(piece.cost);
    }
    return pieces;
  }

  private record Piece(Passage passage, String text, int cost, boolean shortened) {}

  /** A passage as it fits; null where it does not. */
  private @Nullable Piece piece(Passage passage, int number, Instructions instructions) {
    Piece whole = piece(passage, passage.text(), number, instructions, false);
    if (whole.cost <= left) {
      return whole;
    }
    Passage alone =
        new Passage(
            passage.rank(),
            passage.chunk(),
            passage.document(),
            passage.scores(),
            passage.collapsed(),
            null);
    Piece bare = piece(alone, alone.text(), number, instructions, true);
    if (bare.cost <= left || number > 1) {
      return bare.cost <= left ? bare : null;
    }
    Piece cut = bare;
    String text = alone.text().strip();
    while (cut.cost > left && !text.isEmpty()) {
      int end = Math.min(text.length() - 1, (int) ((long) text.length() * left / cut.cost));
      end -= end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
      text = text.substring(0, end);
      cut = piece(alone, text + CUT, number, instructions, true);
    }
    return text.isBlank() ? null : cut;
  }

  private static Piece piece(
      Passage passage, String text, int number, Instructions instructions, boolean shortened) {
    String numbered = "[%d] %s".formatted(number, instructions.inert(leadIns(passage) + text));
    // What divides it from the next, too.
    return new Piece(passage, numbered, TokenCount.of(numbered) + 1, shortened);
  }

  /** What announces the passage's beginning, as lines: a row of a table says little by itself. */
  private static String leadIns(Passage passage) {
    return passage.chunks().getFirst().leadIns().stream()
        .map(leadIn -> leadIn.text() + "\n")
        .collect(Collectors.joining());
  }

  /** Where the last turns begin that fit into so many tokens, which are taken. */
  private int turnsFitting(List<ChatTurn> turns, int before, int room) {
    int first = before;
    int taken = 0;
    while (first > 0) {
      int cost = cost(turns.get(first - 1).text());
      if (taken + cost > room) {
        break;
      }
      taken += cost;
      first--;
    }
    take(taken);
    return first;
  }

  private void take(int cost) {
    left -= cost;
    tokens += cost;
  }

  private static int cost(String text) {
    return TokenCount.of(text) + TURN_TOKENS;
  }

  private RagException tooSmall(int fixed) {
    return RagException.failedPrecondition(
        "LLM_CONTEXT_TOO_SMALL",
        model,
        ("%s reads and writes %d tokens at once; with %d for the answer and about %d for"
                + " instruction and question none are left for passages; if it has more, start the"
                + " server with --llm-context-tokens")
            .formatted(model, window, answer, (int) (fixed * TokenCount.MARGIN)));
  }
}
