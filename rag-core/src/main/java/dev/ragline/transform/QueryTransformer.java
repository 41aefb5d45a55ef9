package dev.ragline.transform;

import dev.ragline.call.Call;
import dev.ragline.call.Stages;
import dev.ragline.document.RagException;
import dev.ragline.document.Warning;
import dev.ragline.generation.ChatModel;
import dev.ragline.generation.ChatPrompt;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes of a question what is searched for. Safe for many threads. */
public final class QueryTransformer {
  private static final Duration LONGEST_REWRITING = Duration.ofSeconds(10);
  private static final Duration LONGEST_IMAGINING = Duration.ofSeconds(20);

  /** Of the time that is left; the answer needs most of it. */
  private static final int SHARE = 4;

  /** Room for thoughts, too. */
  private static final int MOST_CHARS = 16 << 10;

  /** Chars of the hypothetical passage: what a model of 256 tokens reads, and some more. */
  private static final int MOST_IMAGINED = 4_000;

  private static final int SHOWN = 160;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final @Nullable ChatModel model;

  /**
   * @param model the language model that helps, if there is one
   */
  @Inject
  public QueryTransformer(Optional<ChatModel> model) {
    this.model = model.orElse(null);
  }

  /** What a model has made, or why it has not. */
  private record Said(@Nullable String text, @Nullable RagException failure) {}

  /**
   * Whether these transforms ask the language model, which takes seconds.
   *
   * @param vectors whether the search is by vectors
   */
  public boolean asksModel(QueryTransforms transforms, boolean vectors) {
    return model != null && (rewritesByModel(transforms) || imagines(transforms, vectors));
  }

  private static boolean rewritesByModel(QueryTransforms transforms) {
    return transforms.rewrites() && transforms.rewriting() != Rewriting.KEY_TERMS;
  }

  private static boolean imagines(QueryTransforms transforms, boolean vectors) {
    return vectors && transforms.hyde() != Hyde.OFF;
  }

  /**
   * Refuses what this server cannot do, before any work.
   *
   * @throws RagException FAILED_PRECONDITION when a model is required and there is none
   */
  public void requirePossible(QueryTransforms transforms, boolean vectors) {
    boolean rewriting = transforms.rewrites() && transforms.rewriting() == Rewriting.MODEL_REQUIRED;
    boolean hyde = vectors && transforms.hyde() == Hyde.REQUIRED;
    if (model == null && (rewriting || hyde)) {
      throw RagException.failedPrecondition(
          "LLM_NOT_CONFIGURED",
          rewriting ? "retrieval.rewrite" : "retrieval.hyde",
          "a language model is required for this and none is configured; start the server with"
              + " --llm, or do not require it");
    }
  }

  /**
   * Makes what is searched for.
   *
   * @param vectors whether the search is by vectors
   * @param warnings takes what could not be done as asked
   * @throws RagException as the model does, where it is required; DEADLINE_EXCEEDED, CANCELLED
   */
  public Queries transform(
      String question,
      QueryTransforms transforms,
      boolean vectors,
      Stages stages,
      Call call,
      Consumer<Warning> warnings) {
    requirePossible(transforms, vectors);
    Queries alone =
        transforms.rewrites()
            ? standingAlone(question, transforms, stages, call, warnings)
            : new Queries(question, null, transforms.queries(), null);
    Queries core = core(alone, stages);
    return imagines(transforms, vectors)
        ? core.with(imagined(core.question(), transforms.hyde(), stages, call, warnings))
        : core;
  }

  private static Queries core(Queries queries, Stages stages) {
    String core = QuestionCore.of(queries.question());
    return core.equals(queries.question())
        ? queries
        : stages.run("core", it -> shown(it.question()), () -> queries.about(core));
  }

  private Queries standingAlone(
      String question,
      QueryTransforms transforms,
      Stages stages,
      Call call,
      Consumer<Warning> warnings) {
    ChatModel by = rewritesByModel(transforms) ? model : null;
    if (by != null) {
      ChatPrompt prompt = RewritePrompt.of(question, transforms.history());
      ShortChat chat = new ShortChat(by, LONGEST_REWRITING, SHARE, MOST_CHARS);
      boolean required = transforms.rewriting() == Rewriting.MODEL_REQUIRED;
      Supplier<Optional<String>> rewriting =
          () -> chat.say(prompt, call).flatMap(text -> RewritePrompt.read(text, question));
      Said said =
          stages.run(
              "rewrite",
              it -> detail(by.name(), it, question),
              () -> attempt(rewriting, "REWRITE_UNUSABLE", required, call));
      if (said.text() != null) {
        String text = said.text();
        String rewritten = text.equals(question) ? null : text;
        return new Queries(text, rewritten, transforms.queries(), null);
      }
      warnings.accept(warning("REWRITE_FAILED", "the question was not rewritten", said));
    }
    String core = QuestionCore.of(question);
    String added =
        stages.run(
            "rewrite",
            it -> detail("key terms", new Said(it, null), core),
            () -> KeyTerms.added(core, transforms.history()));
    return added.equals(core)
        ? new Queries(question, null, transforms.queries(), null)
        : Queries.beside(added, core, transforms.queries());
  }

  private @Nullable String imagined(
      String question, Hyde hyde, Stages stages, Call call, Consumer<Warning> warnings) {
    ChatModel by = model;
    if (by == null) {
      warnings.accept(
          new Warning(
              "HYDE_FAILED",
              "no hypothetical passage was written, as no language model is configured"));
      return null;
    }
    ShortChat chat = new ShortChat(by, LONGEST_IMAGINING, SHARE, MOST_CHARS);
    Supplier<Optional<String>> imagining =
        () -> chat.say(HydePrompt.of(question), call).map(QueryTransformer::beginning);
    Said said =
        stages.run(
            "hyde",
            it -> detail(by.name(), it, question),
            () -> attempt(imagining, "HYDE_UNUSABLE", hyde == Hyde.REQUIRED, call));
    if (said.text() == null) {
      warnings.accept(warning("HYDE_FAILED", "no hypothetical passage was written", said));
    }
    return said.text();
  }

  private static Said attempt(
      Supplier<Optional<String>> work, String unusable, boolean required, Call call) {
    try {
      return new Said(
          work.get()
              .orElseThrow(
                  () ->
                      RagException.unavailable(
                          unusable,
                          "the language model did not say what it was asked for",
                          RETRY,
                          null)),
          null);
    } catch (RagException e) {
      if (required || ShortChat.isFinal(e, call)) {
        throw e;
      }
      return new Said(null, e);
    }
  }

  private static Warning warning(String code, String what, Said said) {
    RagException failure = said.failure();
    String why =
        failure == null ? "" : ": %s (%s)".formatted(failure.getMessage(), failure.reason());
    return new Warning(code, what + " by the language model" + why);
  }

  private static String beginning(String text) {
    int end = Math.min(MOST_IMAGINED, text.length());
    return text.substring(0, end - (splits(text, end) ? 1 : 0));
  }

  private static boolean splits(String text, int end) {
    return end < text.length() && Character.isLowSurrogate(text.charAt(end));
  }

  private static String detail(String by, Said said, String question) {
    String text = said.text();
    RagException failure = said.failure();
    if (text == null) {
      return by + ": " + (failure == null ? "nothing" : failure.reason());
    }
    if (text.equals(question)) {
      return by + ": as it was";
    }
    return by + ": " + shown(text);
  }

  private static String shown(String text) {
    String line = text.replaceAll("\\s+", " ");
    int end = Math.min(SHOWN, line.length());
    return line.substring(0, end - (splits(line, end) ? 1 : 0)) + (end < line.length() ? " …" : "");
  }
}
