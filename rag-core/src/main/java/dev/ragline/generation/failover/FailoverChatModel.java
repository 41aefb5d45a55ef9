package dev.ragline.generation.failover;

import com.google.common.collect.ImmutableList;
import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.document.Warning;
import dev.ragline.generation.ChatModel;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.generation.ChatPrompt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several models as one: the first that is well answers. An answer is asked for twice at most, and
 * never again once its first text was handed over. An endpoint that is left alone, is at its limit
 * or cannot even be reached was not asked, and does not count.
 *
 * <p>A model that is alone is asked again only when it closed the connection before it answered, as
 * servers do that end an idle connection.
 */
public final class FailoverChatModel implements ChatModel {
  private static final int TRIES = 2;
  private static final Set<String> NOT_ASKED =
      Set.of("LLM_UNREACHABLE", Lane.CIRCUIT_OPEN, Lane.BUSY);
  private static final String HUNG_UP = "LLM_HUNG_UP";
  private static final String REFUSED_REQUEST = "LLM_REFUSED_REQUEST";
  private static final Logger log = LoggerFactory.getLogger(FailoverChatModel.class);

  private final ImmutableList<Lane> lanes;

  /**
   * @param models the best first; closed with this one
   */
  public FailoverChatModel(List<? extends ChatModel> models, FailoverConfig config) {
    if (models.isEmpty()) {
      throw new IllegalArgumentException("no model to ask");
    }
    this.lanes =
        models.stream()
            .map(model -> new Lane(model, config))
            .collect(ImmutableList.toImmutableList());
  }

  @Override
  public String name() {
    return lanes.stream().map(Lane::name).collect(Collectors.joining(", else "));
  }

  /** What the one with the smallest context takes, as any may have to answer. */
  @Override
  public int contextTokens(@Nullable String model) {
    return lanes.stream().mapToInt(lane -> lane.contextTokens(model)).min().orElseThrow();
  }

  /** Hands text on and knows whether there was any. */
  private static final class Begun implements Consumer<String> {
    private final Consumer<String> text;
    private boolean begun;

    Begun(Consumer<String> text) {
      this.text = text;
    }

    @Override
    public void accept(String piece) {
      begun = true;
      text.accept(piece);
    }
  }

  @Override
  public ChatOutcome chat(ChatPrompt prompt, Call call, Consumer<String> text) {
    Begun begun = new Begun(text);
    List<RagException> failures = new ArrayList<>();
    Deque<Lane> left = candidates();
    int tries = 0;
    while (!left.isEmpty() && tries < TRIES) {
      Lane lane = left.removeFirst();
      try {
        ChatOutcome outcome = lane.chat(prompt, call, begun, left.isEmpty());
        return failures.isEmpty() ? outcome : made(outcome, failures, lane);
      } catch (RagException e) {
        if (begun.begun || !mayDoBetterElsewhere(e)) {
          throw e;
        }
        failures.add(e);
        tries += NOT_ASKED.contains(e.reason()) ? 0 : 1;
        if (left.isEmpty() && e.reason().equals(HUNG_UP)) {
          left.add(lane);
        }
      }
    }
    throw worst(failures);
  }

  /** Those that are well; all where none is, so that one of them tells what is wrong. */
  private Deque<Lane> candidates() {
    Deque<Lane> well =
        lanes.stream()
            .filter(lane -> !lane.rests() && !lane.isOpen())
            .collect(Collectors.toCollection(ArrayDeque::new));
    return well.isEmpty() ? new ArrayDeque<>(lanes) : well;
  }

  /** Another endpoint has a key, a model and a load of its own; but the question is the same. */
  private static boolean mayDoBetterElsewhere(RagException failure) {
    return switch (failure.code()) {
      case UNAVAILABLE, RESOURCE_EXHAUSTED -> true;
      case FAILED_PRECONDITION -> !failure.reason().equals(REFUSED_REQUEST);
      default -> false;
    };
  }

  /** The outcome, with a word on who did not answer. */
  private static ChatOutcome made(ChatOutcome outcome, List<RagException> failures, Lane lane) {
    List<Warning> warnings = new ArrayList<>(outcome.warnings());
    for (RagException failure : failures) {
      log.warn("{} answers, since {} ({})", lane.name(), failure.getMessage(), failure.reason());
      warnings.add(
          new Warning(
              "LLM_FAILED_OVER", failure.getMessage() + "; " + lane.name() + " answered instead"));
    }
    return outcome.withWarnings(warnings);
  }

  /** What the caller can do something about by waiting, rather than what only we can mend. */
  private static RagException worst(List<RagException> failures) {
    RagException chosen =
        failures.stream()
            .filter(failure -> failure.code() != ErrorCode.FAILED_PRECONDITION)
            .findFirst()
            .orElseGet(failures::getFirst);
    failures.stream().filter(failure -> failure != chosen).forEach(chosen::addSuppressed);
    return chosen;
  }

  @Override
  public void close() {
    lanes.forEach(Lane::close);
  }
}
