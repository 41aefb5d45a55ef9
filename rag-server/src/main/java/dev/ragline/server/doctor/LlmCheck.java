package dev.ragline.server.doctor;

import dev.ragline.call.Call;
import dev.ragline.generation.ChatModel;
import dev.ragline.generation.ChatOptions;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.generation.ContextWindow;
import dev.ragline.generation.TokenCount;
import dev.ragline.generation.TokenUsage;
import dev.ragline.generation.openai.ChatModelConfig;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** Chats with one language model, in a few words. */
public final class LlmCheck implements Check {
  /** Enough for a word; some endpoints refuse less than 16. */
  private static final int TOKENS = 64;

  private static final ChatPrompt PROMPT =
      new ChatPrompt(
          "You answer with one word.",
          List.of(),
          "Say the word: ready",
          new ChatOptions(null, null, null, TOKENS, List.of(), null));

  /** Asked for where the name does not matter. */
  private static final List<String> ANY = List.of("default", "auto");

  private final String what;
  private final String named;
  private final Supplier<ChatModelConfig> config;
  private final int contextTokens;
  private final Function<ChatModelConfig, ChatModel> opener;

  /**
   * @param what for people: {@code llm 2}
   * @param named what the configuration calls it: a preset or an address
   * @param config where and how; fails where a key is missing, for example
   * @param contextTokens that prompt and answer may have; 0 for what is known of the model
   * @param opener gives a model that has not been asked yet
   */
  public LlmCheck(
      String what,
      String named,
      Supplier<ChatModelConfig> config,
      int contextTokens,
      Function<ChatModelConfig, ChatModel> opener) {
    this.what = what;
    this.named = named;
    this.config = config;
    this.contextTokens = contextTokens;
    this.opener = opener;
  }

  @Override
  public String what() {
    return what;
  }

  @Override
  public void run(Draft draft, Call call) {
    draft.trying("reading its configuration");
    if (!named.contains("://")) {
      draft.at(named);
    }
    ChatModelConfig endpoint = config.get();
    draft.at(endpoint.endpoint().origin());
    draft.know(Fact.MODEL, endpoint.model());
    draft.know(Fact.API, endpoint.api().id());
    draft.trying("chatting");
    try (ChatModel model = opener.apply(endpoint)) {
      tellWindow(endpoint.model(), draft);
      StringBuilder text = new StringBuilder();
      AtomicLong first = new AtomicLong(-1);
      long began = System.nanoTime();
      ChatOutcome outcome =
          model.chat(
              PROMPT,
              call,
              piece -> {
                first.compareAndSet(-1, System.nanoTime() - began);
                text.append(piece);
              });
      Duration whole = Duration.ofNanos(System.nanoTime() - began);
      draft.answered(new Speed(first.get() < 0 ? null : Duration.ofNanos(first.get()), whole));
      judge(text.toString(), outcome, draft);
      compareNames(endpoint.model(), outcome.model(), draft);
    }
  }

  private void tellWindow(String model, Draft draft) {
    int known = ContextWindow.of(model);
    draft.know(Fact.WINDOW, String.valueOf(contextTokens > 0 ? contextTokens : known));
    if (contextTokens == 0 && known == ContextWindow.UNKNOWN) {
      draft.note(
          ("How much the model %s reads at once is not known; %d tokens are assumed, and prompts"
                  + " are cut to them. Say what it reads with --llm-context-tokens.")
              .formatted(model, known));
    }
  }

  private static void judge(String text, ChatOutcome outcome, Draft draft) {
    TokenUsage usage = outcome.usage();
    boolean usedUp = outcome.finish() == ChatOutcome.Finish.LENGTH;
    if (text.isBlank() && usedUp) {
      draft.note(
          ("It wrote no text within %d tokens, so it thinks before it answers: answers come later"
                  + " and cost more. Leave it room where --max-answer-tokens is set, or switch its"
                  + " thoughts off at the endpoint.")
              .formatted(TOKENS));
    } else if (text.isBlank()) {
      draft.problem(
          "It ended properly and said nothing; such answers fail. See what the endpoint's log"
              + " says.");
    } else if (usage.reasoningTokens() > 0 || isMoreThan(text, usage.completionTokens())) {
      draft.note(
          ("It thinks before it answers (%d tokens for the text '%s'): answers come later and cost"
                  + " more. Its thoughts are left out of answers.")
              .formatted(usage.completionTokens(), beginning(text)));
    }
    if (outcome.finish() == ChatOutcome.Finish.CONTENT_FILTER) {
      draft.problem(
          "Its filter held back an answer of one harmless word. Loosen the filter at the"
              + " endpoint.");
    }
    if (usage.total() == 0) {
      draft.note(
          "It does not tell how many tokens it took: quotas and reports go by estimates. Have the"
              + " endpoint tell them where it can.");
    }
  }

  /** Whether so many tokens were written that there was more than the text. */
  private static boolean isMoreThan(String text, long tokens) {
    return tokens > 3L * TokenCount.of(text) + 16;
  }

  private static String beginning(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.codePointCount(0, line.length()) <= 40
        ? line
        : line.substring(0, line.offsetByCodePoints(0, 40)) + "…";
  }

  /** Endpoints add a date to a name, or leave out the vendor. */
  private static void compareNames(String asked, String answered, Draft draft) {
    String one = bare(asked);
    String other = bare(answered);
    if (!ANY.contains(one) && !one.contains(other) && !other.contains(one)) {
      draft.note(
          ("It was asked for the model %s, and %s answers. If that is not the same by another name,"
                  + " correct --llm-model; the window is taken from the name that is asked for.")
              .formatted(asked, answered));
    }
  }

  private static String bare(String name) {
    return name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }
}
