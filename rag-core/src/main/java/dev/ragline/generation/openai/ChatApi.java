package dev.ragline.generation.openai;

import dev.ragline.document.RagException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The two ways in which OpenAI-compatible endpoints let a model write. */
public enum ChatApi {
  /** {@code /chat/completions}, which all of them have. */
  CHAT,
  /** {@code /responses}, which some have. */
  RESPONSES;

  /**
   * The API of that name, in whatever case.
   *
   * @throws RagException INVALID_ARGUMENT, naming those there are
   */
  public static ChatApi named(String name) {
    return Arrays.stream(values())
        .filter(api -> api.id().equalsIgnoreCase(name.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                RagException.invalid(
                    "llm api",
                    "there is no such API; take one of "
                        + Arrays.stream(values())
                            .map(ChatApi::id)
                            .collect(Collectors.joining(", "))));
  }

  /** Its name as written on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
