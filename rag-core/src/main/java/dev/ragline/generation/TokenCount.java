package dev.ragline.generation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/**
 * Counts a prompt's tokens before it is sent. Each model has a tokenizer of its own, which an
 * endpoint does not give away; cl100k_base, which was OpenAI's, knows every byte, so that nothing
 * gets past it, and {@link #MARGIN} makes up for the others.
 */
public final class TokenCount {
  /**
   * How many more tokens than we count a model's own tokenizer may see. Mistral's first, of only 32
   * 000 tokens, sees 0.97 (Russian) to 1.29 (Java) times as many; English prose 1.14.
   */
  public static final double MARGIN = 1.3;

  private TokenCount() {}

  /** Loads the vocabulary, a tenth of a second's work, when it is first used. */
  private static final class Vocabulary {
    static final Encoding CL100K =
        Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
  }

  /** Tokens of a text, without any margin; what looks like a model's own mark is text. */
  public static int of(String text) {
    // Half a surrogate pair, which the library refuses, is sent as a question mark, too.
    String sent = new String(text.getBytes(UTF_8), UTF_8);
    return Vocabulary.CL100K.countTokensOrdinary(sent);
  }

  /** Tokens of all texts of a prompt. */
  public static int of(ChatPrompt prompt) {
    return of(prompt.system())
        + prompt.history().stream().mapToInt(turn -> of(turn.text())).sum()
        + of(prompt.user());
  }
}
