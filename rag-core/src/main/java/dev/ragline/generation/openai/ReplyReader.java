package dev.ragline.generation.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ragline.call.Call;
import dev.ragline.document.RagException;
import dev.ragline.execution.BoundedWait;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.generation.LaterThoughts;
import dev.ragline.generation.Thoughts;
import dev.ragline.upstream.OpenAiFailures;
import dev.ragline.upstream.Service;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer to its end and judges whether it is whole. Takes nearly anything, but what cannot
 * be understood is a failure and never a shorter text.
 *
 * <p>The end is {@code [DONE]}, the token counts alone, or the proper end of the body. A reason to
 * stop is none by itself, as some servers send one with every piece; only where it came after the
 * text, and nothing since, is the text whole without a proper end.
 */
final class ReplyReader {

  /** How long token counts may take that come after the text; some servers never close. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final ReplyBody body;
  private final EventStream events;
  private final ReplyLimits limits;
  private final OpenAiFailures failures;
  private final Call call;
  private final AtomicBoolean unopened;
  private long settledAt;
  private boolean wasSettled;
  private String strange = "";

  /**
   * @param unopened whether the endpoint's last answers began with thoughts that end with a mark
   *     and do not begin with one; is set by what this answer does
   */
  ReplyReader(
      ReplyBody body,
      ChatModelConfig config,
      OpenAiFailures failures,
      Call call,
      AtomicBoolean unopened) {
    this.unopened = unopened;
    this.body = body;
    this.limits = config.limits();
    this.events =
        new EventStream(body.in(), limits.lineBytes(), config.endpoint().silence(), failures);
    this.failures = failures;
    this.call = call;
  }

  /**
   * Hands the text on as it comes.
   *
   * @throws RagException when the answer reports a failure, cannot be read, or is not whole
   */
  ChatOutcome read(Protocol.Reply reply, Consumer<String> text) {
    if (body.isPage()) {
      // A page has no line that is an event, and would pass for an empty answer.
      throw failures.notTheService("did not answer with a stream of events");
    }
    CappedText capped = new CappedText(limits.answerBytes(), text);
    Thoughts thoughts = new Thoughts(unopened.get());
    LaterThoughts later = new LaterThoughts();
    while (!reply.isComplete()) {
      JsonNode event = next(reply);
      if (event == null) {
        break;
      }
      String piece = later.next(thoughts.next(reply.add(event)));
      requireNoLeak(later);
      if (!piece.isEmpty() && !capped.accept(piece)) {
        return reply.cutOff();
      }
      if (events.bytes() > limits.replyBytes()) {
        if (!reply.isSettled()) {
          return endless(reply, capped);
        }
        break;
      }
    }
    requireWhole(reply, capped);
    ChatOutcome outcome = reply.outcome();
    if (thoughts.isUnclosed()) {
      unopened.set(false);
    }
    String rest = later.next(thoughts.end()) + later.end();
    return rest.isEmpty() || capped.accept(rest) ? outcome : reply.cutOff();
  }

  /** What was sent cannot be taken back, but the next answer's thoughts can be waited for. */
  private void requireNoLeak(LaterThoughts later) {
    if (later.leaked()) {
      unopened.set(true);
      throw failures.unusable(
          "thought in its answer and marked only the end of it; have it part its thoughts from"
              + " its answer");
    }
  }

  /** Who goes on and on has said something at best. */
  private ChatOutcome endless(Protocol.Reply reply, CappedText text) {
    if (!text.hasBegun()) {
      throw failures.unusable("goes on without an answer");
    }
    return reply.cutOff();
  }

  private void requireWhole(Protocol.Reply reply, CappedText text) {
    String words = failures.quoted(strange.isEmpty() ? events.stray() : strange);
    if (!reply.isFinished()) {
      if ((body.isJson() || events.isDocument()) && !text.hasBegun()) {
        throw failures.notTheService("did not answer with a stream of events" + words);
      }
      throw failures.interrupted("stopped without saying why" + words, null);
    }
    boolean ended = events.isDone() || (body.delimited() && !events.isTorn());
    if (!ended && !reply.isSettled()) {
      throw failures.interrupted("stopped before the end of its answer" + words, null);
    }
  }

  /** The next event, or null; once the text is whole, a break costs only the token counts. */
  private @Nullable JsonNode next(Protocol.Reply reply) {
    boolean settled = reply.isSettled();
    if (settled && !wasSettled) {
      settledAt = System.nanoTime();
    }
    wasSettled = settled;
    try {
      call.check(Service.LLM.stage());
      JsonNode event = settled ? nextSoon() : events.next();
      if (event != null) {
        requireNoError(event);
      }
      return event;
    } catch (RuntimeException e) {
      if (settled) {
        return null;
      }
      throw failures.of(e, call);
    }
  }

  private void requireNoError(JsonNode event) {
    RagException reported = failures.reportedIn(event);
    if (reported != null) {
      throw reported;
    }
    if (strange.isEmpty() && !event.has("choices") && !event.has("type") && !event.isEmpty()) {
      strange = event.toString();
    }
  }

  /**
   * The next event if it comes in time, or null. Another thread waits for it, because to interrupt
   * the one that reads is what ends the wait.
   */
  private @Nullable JsonNode nextSoon() {
    Duration left = PATIENCE.minusNanos(System.nanoTime() - settledAt);
    return BoundedWait.await(() -> Optional.ofNullable(events.next()), left).orElse(null);
  }
}
