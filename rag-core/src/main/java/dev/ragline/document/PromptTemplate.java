package dev.ragline.document;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a language model is told, with places for the passages, {@code {context}}, and for the
 * question, {@code {question}}; a placeholder in two pairs of braces stands for itself in one.
 *
 * @param text at most 16 KiB in chars; each placeholder stands there once
 */
public record PromptTemplate(String text) {
  private static final int MOST_CHARS = 16 << 10;
  private static final String CONTEXT = "context";
  private static final String QUESTION = "question";
  private static final Pattern PLACE =
      Pattern.compile("\\{\\{([A-Za-z_]\\w*)}}|\\{([A-Za-z_]\\w*)}");
  private static final Pattern TAG = Pattern.compile("</?([A-Za-z][\\w-]*)[^<>]*>");

  /**
   * @throws RagException INVALID_ARGUMENT for the field {@code template}, with the place in the
   *     facts {@code line} and {@code column}, from 1, of a placeholder that is unknown or stands
   *     there twice
   */
  public PromptTemplate {
    if (text.length() > MOST_CHARS) {
      throw RagException.invalid("template", "is longer than " + MOST_CHARS + " characters");
    }
    Set<String> seen = new HashSet<>();
    for (MatchResult place : PLACE.matcher(text).results().toList()) {
      String name = place.group(2);
      if (name == null) {
        continue;
      }
      if (!name.equals(CONTEXT) && !name.equals(QUESTION)) {
        throw at(
            text,
            place.start(),
            "{%s} is neither {context} nor {question}; {{%s}} stands for the text itself"
                .formatted(name, name));
      }
      if (!seen.add(name)) {
        throw at(text, place.start(), "{%s} stands there twice".formatted(name));
      }
    }
    for (String name : new String[] {CONTEXT, QUESTION}) {
      if (!seen.contains(name)) {
        throw RagException.invalid("template", "lacks {" + name + "}");
      }
    }
  }

  private static RagException at(String text, int position, String problem) {
    long line = text.substring(0, position).chars().filter(c -> c == '\n').count() + 1;
    int begin = text.lastIndexOf('\n', position - 1) + 1;
    int column = text.codePointCount(begin, position) + 1;
    String description = "line %d, column %d: %s".formatted(line, column, problem);
    return new RagException(
        ErrorCode.INVALID_ARGUMENT,
        "INVALID_FIELD",
        "template: " + description,
        new ErrorDetail.BadField("template", description),
        new ErrorDetail.Fact("line", Long.toString(line)),
        new ErrorDetail.Fact("column", Integer.toString(column)));
  }

  /** The text with both places filled in, each with its value as it is. */
  public String render(String context, String question) {
    return PLACE.matcher(text).replaceAll(value(context, question));
  }

  private static Function<MatchResult, String> value(String context, String question) {
    return place -> {
      String name = place.group(2);
      String value =
          name == null ? "{" + place.group(1) + "}" : name.equals(CONTEXT) ? context : question;
      return Matcher.quoteReplacement(value);
    };
  }

  /** The names of the tags by which it tells its parts apart, in lower case. */
  public Set<String> tags() {
    return TAG.matcher(text)
        .results()
        .map(tag -> tag.group(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
