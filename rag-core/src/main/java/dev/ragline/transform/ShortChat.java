package dev.ragline.transform;

import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.generation.ChatModel;
import dev.ragline.generation.ChatOutcome.Finish;
import dev.ragline.generation.ChatPrompt;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Has a language model say one short thing, and waits for it, but not for ever. */
final class ShortChat {
  /** Some models think aloud before they speak. */
  private static final Pattern THOUGHTS =
      Pattern.compile("\\A\\s*<think(?:ing)?>.*?</think(?:ing)?>", Pattern.DOTALL);

  private final ChatModel model;
  private final Duration longest;
  private final int share;
  private final int mostChars;

  /**
   * @param longest that it may take
   * @param share it takes at most one of so many parts of the time that is left
   * @param mostChars that it may say, its thoughts included; what says more is stopped
   */
  ShortChat(ChatModel model, Duration longest, int share, int mostChars) {
    this.model = model;
    this.longest = longest;
    this.share = share;
    this.mostChars = mostChars;
  }

  /** Says that the model has said too much. */
  private static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super(null, null, false, false);
    }
  }

  /**
   * What the model says, without its thoughts; empty where it says nothing, or too much.
   *
   * @throws RagException as the model does; DEADLINE_EXCEEDED also when its share has passed
   */
  Optional<String> say(ChatPrompt prompt, Call call) {
    Call own = call.atMost(part(call));
    StringBuilder said = new StringBuilder();
    try {
      var outcome =
          model.chat(
              prompt,
              own,
              piece -> {
                said.append(piece);
                if (said.length() > mostChars) {
                  throw new TooLong();
                }
              });
      if (outcome.finish() != Finish.STOP) {
        return Optional.empty();
      }
    } catch (TooLong e) {
      return Optional.empty();
    }
    String text = THOUGHTS.matcher(said).replaceFirst("").strip();
    return Optional.of(text).filter(it -> !it.isEmpty());
  }

  private Duration part(Call call) {
    Duration left = call.remaining(longest.multipliedBy(share));
    return left.dividedBy(share);
  }

  /** Whether a failure is the caller's end, and not only the model's. */
  static boolean isFinal(RagException failure, Call call) {
    call.check("search");
    return failure.code() == ErrorCode.CANCELLED;
  }
}
