package dev.ragline.generation.openai;

import dev.ragline.document.RagException;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.generation.ChatOutcome.Finish;
import dev.ragline.generation.TokenUsage;
import dev.ragline.upstream.OpenAiFailures;
import org.jspecify.annotations.Nullable;

/** What every reply tells sooner or later: who answers, why it stopped, what it cost. */
abstract class Learned implements Protocol.Reply {
  /** Longer texts are not compared with what the service says is the whole. */
  private static final int LONGEST_COMPARED = 1 << 20;

  final OpenAiFailures failures;
  private final @Nullable Integer askedTokens;
  private final String askedModel;
  private final StringBuilder said = new StringBuilder();
  private String model;
  private @Nullable Finish finish;
  private @Nullable RagException oddReason;
  private @Nullable TokenUsage usage;
  private boolean goesOn;
  private boolean refused;
  private boolean ended;

  /**
   * @param model that was asked for, and that answers unless the service says otherwise
   * @param askedTokens that the answer may have; null where that was left open
   */
  Learned(String model, @Nullable Integer askedTokens, OpenAiFailures failures) {
    this.model = model;
    this.askedModel = model;
    this.askedTokens = askedTokens;
    this.failures = failures;
  }

  final void answeredBy(String name) {
    if (!name.isBlank()) {
      model = ModelNames.shown(name, askedModel);
    }
  }

  final void refused() {
    refused = true;
  }

  /** Nothing more will come. */
  final void ended() {
    ended = true;
  }

  final void used(TokenUsage tokens) {
    usage = tokens;
  }

  /**
   * Takes in an event's text and its reason, either of which may be empty.
   *
   * @param thinks whether the event holds thoughts, so that text is still to come
   */
  final void took(String text, boolean thinks, String reason) {
    boolean hasReason = !reason.isEmpty() && !reason.equals("null");
    if (hasReason) {
      finished(reason);
    }
    boolean early = hasReason && said.isEmpty();
    if (finish != null && (early || thinks || !text.isEmpty())) {
      goesOn = true;
    }
    if (said.length() < LONGEST_COMPARED) {
      said.append(text);
    }
  }

  /** A limit or a filter counts whatever is said after it; else the last reason does. */
  final void finished(String reason) {
    if (finish != null && finish != Finish.STOP) {
      return;
    }
    if (FinishReasons.isTool(reason)) {
      throw failures.unusable("called a tool, having none");
    }
    Finish known = FinishReasons.of(reason);
    finish = known == null ? Finish.STOP : known;
    oddReason =
        known == null
            ? failures.unusable("stopped for a reason of its own" + failures.quoted(reason))
            : null;
  }

  /**
   * What a text that is said to be the whole adds to its pieces so far.
   *
   * @throws RagException UNAVAILABLE where pieces are missing from the middle
   */
  final String completed(String whole) {
    if (said.length() >= LONGEST_COMPARED) {
      return "";
    }
    String pieces = said.toString();
    if (whole.startsWith(pieces)) {
      return whole.substring(pieces.length());
    }
    if (whole.strip().length() > pieces.strip().length()) {
      throw failures.interrupted("lost a part of its text on the way", null);
    }
    return "";
  }

  @Override
  public final boolean isFinished() {
    return finish != null;
  }

  @Override
  public final boolean isSettled() {
    return finish != null && (ended || !goesOn);
  }

  @Override
  public final boolean isComplete() {
    return finish != null && ended;
  }

  @Override
  public final ChatOutcome outcome() {
    if (finish == null) {
      throw new IllegalStateException("the reply has not finished");
    }
    if (oddReason != null) {
      throw oddReason;
    }
    if (finish == Finish.STOP && refused) {
      return outcome(Finish.CONTENT_FILTER);
    }
    return outcome(finish == Finish.STOP && isUsedUp() ? Finish.LENGTH : finish);
  }

  /** Servers say "stop" of a text that ends because there were no more tokens. */
  private boolean isUsedUp() {
    return askedTokens != null && usage != null && usage.completionTokens() == askedTokens;
  }

  @Override
  public final ChatOutcome cutOff() {
    return outcome(Finish.CUT_OFF);
  }

  private ChatOutcome outcome(Finish why) {
    return new ChatOutcome(model, why, usage == null ? TokenUsage.NONE : usage);
  }
}
