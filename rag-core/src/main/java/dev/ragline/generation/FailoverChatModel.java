package dev.ragline.generation;

import dev.ragline.call.Call;
import dev.ragline.document.Warning;
import dev.ragline.upstream.Failover;
import dev.ragline.upstream.FailoverConfig;
import dev.ragline.upstream.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Several models as one: the first that is well answers, as {@link Failover} says. An answer whose
 * first text was handed over is never asked for again.
 */
public final class FailoverChatModel implements ChatModel {
  private final Failover<ChatModel> failover;

  /**
   * @param models the best first; closed with this one
   */
  public FailoverChatModel(List<? extends ChatModel> models, FailoverConfig config) {
    this.failover = new Failover<>(Service.LLM, models, ChatModel::name, config);
  }

  @Override
  public String name() {
    return failover.models().stream().map(ChatModel::name).collect(Collectors.joining(", else "));
  }

  /** What the one with the smallest context takes, as any may have to answer. */
  @Override
  public int contextTokens(@Nullable String model, int configured) {
    return failover.models().stream()
        .mapToInt(each -> each.contextTokens(model, configured))
        .min()
        .orElseThrow();
  }

  @Override
  public ChatOutcome chat(ChatPrompt prompt, Call call, Consumer<String> text) {
    Failover.Answered<ChatOutcome> answered =
        failover.ask(
            call,
            prompt.options().model(),
            (model, begun) ->
                model.chat(
                    prompt,
                    call,
                    piece -> {
                      begun.run();
                      text.accept(piece);
                    }));
    List<Warning> warnings = new ArrayList<>(answered.result().warnings());
    answered
        .failures()
        .forEach(
            failure ->
                warnings.add(
                    new Warning(
                        "LLM_FAILED_OVER",
                        failure.getMessage() + "; " + answered.by() + " answered instead")));
    return answered.result().withWarnings(warnings);
  }

  @Override
  public void close() {
    failover.models().forEach(ChatModel::close);
  }
}
