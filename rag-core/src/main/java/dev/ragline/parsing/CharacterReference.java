package dev.ragline.parsing;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/** A character reference, by name or by number; CommonMark 2.5. */
record CharacterReference(String shown, int end) {
  private static final Pattern REFERENCE =
      Pattern.compile("&(?:#[xX][0-9a-fA-F]{1,6}+|#[0-9]{1,7}+|[A-Za-z][A-Za-z0-9]{1,40}+);");

  /** The parser's own table; a letter on each side keeps what is blank. */
  private static final LoadingCache<String, String> KNOWN =
      CacheBuilder.newBuilder()
          .maximumSize(1000)
          .build(
              CacheLoader.from(
                  reference ->
                      Markdown.inlines("x" + reference + "x").getFirstChild().getFirstChild()
                              instanceof Text text
                          ? text.getLiteral().substring(1, text.getLiteral().length() - 1)
                          : reference));

  /** The reference that begins at {@code start}; null where there is none. */
  static @Nullable CharacterReference at(CharSequence text, int start) {
    Matcher reference = REFERENCE.matcher(text).region(start, text.length());
    if (!reference.lookingAt()) {
      return null;
    }
    String written = reference.group();
    String shown = KNOWN.getUnchecked(written);
    return shown.equals(written) ? null : new CharacterReference(shown, reference.end());
  }
}
