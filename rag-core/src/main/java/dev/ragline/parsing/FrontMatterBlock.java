package dev.ragline.parsing;

import dev.ragline.document.reading.TextSpan;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Front matter in its place at a document's very start: YAML between two lines of {@code ---} (or a
 * last line of {@code ...}), or TOML between two of {@code +++}.
 *
 * @param span from the first fence to the last
 * @param description where the words of its description stand, which readers are to find; null
 *     where it has none
 */
record FrontMatterBlock(TextSpan span, @Nullable TextSpan description, FrontMatter content) {
  private static final int MAX_CHARS = 64 * 1024;

  /** A language that front matter is written in. */
  private enum Syntax {
    YAML("---", "(?:---|\\.\\.\\.)", ":"),
    TOML("+++", "\\+\\+\\+", "=");

    private final String mark;
    private final Pattern first;
    private final Pattern last;
    private final Pattern key;

    Syntax(String mark, String last, String assignment) {
      this.mark = mark;
      this.first = Pattern.compile(Pattern.quote(mark) + "[ \t]*+\\R?+");
      this.last = Pattern.compile(last + "[ \t]*+\\R?+");
      this.key = Pattern.compile("\\s*+(?:#.*+\\s++)*+[\\w.-]++[ \t]*+" + assignment);
    }
  }

  /** What was read of the text between the fences; spans count from its first char. */
  record Content(FrontMatter values, @Nullable TextSpan description) {}

  /**
   * Finds the front matter that begins at {@code from}. Text between two thematic breaks is none:
   * it must be a mapping, or at least begin as one, so that a slip in it does not turn metadata
   * into text.
   */
  static @Nullable FrontMatterBlock find(String text, int from) {
    for (Syntax syntax : Syntax.values()) {
      if (text.startsWith(syntax.mark, from)) {
        return find(text, from, syntax);
      }
    }
    return null;
  }

  private static @Nullable FrontMatterBlock find(String text, int from, Syntax syntax) {
    int start = -1;
    for (TextSpan line : Lines.of(text, limit(text, from))) {
      if (start < 0) {
        if (!matches(syntax.first, text, line)) {
          return null;
        }
        start = line.end();
      } else if (matches(syntax.last, text, line)) {
        TextSpan span = Blanks.trim(text, new TextSpan(from, line.end()));
        return read(text.substring(start, line.start()), start, span, syntax);
      }
    }
    return null;
  }

  private static TextSpan limit(String text, int from) {
    return new TextSpan(from, Math.min(text.length(), from + MAX_CHARS));
  }

  private static boolean matches(Pattern pattern, String text, TextSpan line) {
    return pattern.matcher(text).region(line.start(), line.end()).matches();
  }

  private static @Nullable FrontMatterBlock read(
      String inner, int start, TextSpan span, Syntax syntax) {
    boolean beginsAsOne = syntax.key.matcher(inner).lookingAt();
    Content content =
        switch (syntax) {
          case YAML -> YamlFrontMatter.read(inner, beginsAsOne);
          case TOML -> TomlFrontMatter.read(inner, beginsAsOne);
        };
    if (content == null) {
      return null;
    }
    TextSpan words = content.description();
    TextSpan description =
        words == null ? null : new TextSpan(start + words.start(), start + words.end());
    return new FrontMatterBlock(span, description, content.values());
  }

  /** The blocks that it is: itself, in two parts where its description stands between them. */
  List<Block> blocks() {
    if (description == null) {
      return List.of(matter(span));
    }
    return List.of(
        matter(new TextSpan(span.start(), description.start())),
        new Block(Block.Kind.PARAGRAPH, description, List.of()),
        matter(new TextSpan(description.end(), span.end())));
  }

  private static Block matter(TextSpan part) {
    return new Block(Block.Kind.FRONT_MATTER, part, List.of());
  }
}
