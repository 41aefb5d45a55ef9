package dev.ragline.generation;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tags by which a prompt tells its parts apart, such as {@code <question>}. Text that stands
 * between them can neither open nor close one, nor be taken for a model server's own mark of a
 * turn: the bracket of whatever could be is escaped by an entity, visibly.
 */
public final class PromptTags {
  /** White space, and characters that cannot be seen. */
  private static final String BLANK = "[\\s\\p{Z}\\p{C}]*+";

  /** The beginning of what model servers may take for their own marks of turns. */
  private static final Pattern TURN =
      Pattern.compile(
          "<(?=[|｜][^|｜<>\\s]{1,40}[|｜]>|/?s>|</?SYS>>|(?:start|end)_of_turn>)"
              + "|\\[(?=/?INST\\])",
          Pattern.CASE_INSENSITIVE);

  private final Pattern tag;

  /**
   * @param names without brackets, at least one
   */
  public PromptTags(Collection<String> names) {
    String any = names.stream().sorted().map(Pattern::quote).collect(Collectors.joining("|"));
    this.tag =
        Pattern.compile(
            "<(?=" + BLANK + "/?" + BLANK + "(?:" + any + ")\\b)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** The text, stripped, as it may stand between the tags. */
  public String escape(String text) {
    String tagless = tag.matcher(text.strip()).replaceAll("&lt;");
    return TURN.matcher(tagless)
        .replaceAll(bracket -> bracket.group().equals("<") ? "&lt;" : "&#91;");
  }
}
