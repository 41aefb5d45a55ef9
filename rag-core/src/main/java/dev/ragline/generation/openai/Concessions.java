package dev.ragline.generation.openai;

import com.openai.errors.OpenAIServiceException;
import dev.ragline.document.RagException;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.generation.ChatTurn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a model at an endpoint was found not to take, as its refusal said: it is asked without it
 * from then on.
 *
 * @param withoutUsage knows no {@code stream_options}
 * @param foldedSystem its chat template has no turn of the system's, which goes before the first of
 *     the user's then
 * @param newTokenName wants {@code max_completion_tokens} in place of {@code max_tokens}
 */
record Concessions(boolean withoutUsage, boolean foldedSystem, boolean newTokenName) {
  static final Concessions NONE = new Concessions(false, false, false);

  private static final Pattern USAGE = Pattern.compile("stream_options|include_usage");

  private static final Pattern TOKEN_NAME = Pattern.compile("max_completion_tokens");

  /** As the templates of Gemma, Mistral and their kin, and the servers that run them, say it. */
  private static final Pattern SYSTEM =
      Pattern.compile(
          "system[ '`\"]*(role|message|prompt|turn)s?[ '`\"]*(is |are )?(not|un)["
              + " -]?(supported|allowed)|(does not|doesn't|do not) support (a |the"
              + " )?['`\"]?system|only user(,| and| or)+ (and |or )?assistant roles|roles must"
              + " alternate|(unknown|invalid|unsupported) role:? ?['`\"]?system");

  /** The same and what a failure tells; equal to this where it tells nothing new. */
  Concessions after(RagException failure) {
    if (!(failure.getCause() instanceof OpenAIServiceException refusal)
        || refusal.statusCode() == 401) {
      return this;
    }
    String words = refusal.body().toString().toLowerCase(Locale.ROOT);
    return new Concessions(
        withoutUsage || USAGE.matcher(words).find(),
        foldedSystem || SYSTEM.matcher(words).find(),
        newTokenName || TOKEN_NAME.matcher(words).find());
  }

  /** A prompt as this model takes it; one without a system's turn where that is folded. */
  ChatPrompt of(ChatPrompt prompt) {
    if (!foldedSystem || prompt.system().isEmpty()) {
      return prompt;
    }
    String first = prompt.history().isEmpty() ? prompt.user() : prompt.history().getFirst().text();
    String folded = prompt.system() + "\n\n" + first;
    if (prompt.history().isEmpty()) {
      return new ChatPrompt("", prompt.history(), folded, prompt.options());
    }
    List<ChatTurn> history = new ArrayList<>(prompt.history());
    history.set(0, new ChatTurn(history.getFirst().role(), folded));
    return new ChatPrompt("", history, prompt.user(), prompt.options());
  }
}
