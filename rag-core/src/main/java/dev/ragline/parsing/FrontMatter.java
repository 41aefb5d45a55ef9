package dev.ragline.parsing;

import java.io.StringReader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * YAML between two lines of {@code ---} (or a last line of {@code ...}) at a document's very start.
 *
 * @param span from the first line of dashes to the last
 * @param title the value of {@code title}, if there is one and the YAML can be read
 */
record FrontMatter(TextSpan span, @Nullable String title) {
  private static final int MAX_CHARS = 64 * 1024;
  private static final Pattern FENCE = Pattern.compile("---[ \t]*+\\R?+");
  private static final Pattern LAST_LINE = Pattern.compile("(?:---|\\.\\.\\.)[ \t]*+\\R?+");
  private static final Pattern KEY = Pattern.compile("\\s*+(?:#.*+\\s++)*+[\\w.-]++[ \t]*+:");

  /**
   * Finds the front matter that begins at {@code from}. Text between two thematic breaks is none:
   * the YAML must be a mapping, or at least begin as one, so that a slip in it does not turn
   * metadata into text.
   */
  static @Nullable FrontMatter find(String text, int from) {
    if (!text.startsWith("---", from)) {
      return null;
    }
    int yamlStart = -1;
    for (TextSpan line : Lines.of(text, limit(text, from))) {
      if (yamlStart < 0) {
        if (!matches(FENCE, text, line)) {
          return null;
        }
        yamlStart = line.end();
      } else if (matches(LAST_LINE, text, line)) {
        TextSpan span = Blanks.trim(text, new TextSpan(from, line.end()));
        return read(text.substring(yamlStart, line.start()), span);
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

  private static @Nullable FrontMatter read(String yaml, TextSpan span) {
    try {
      Node root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
      if (root == null) {
        return new FrontMatter(span, null);
      }
      return root instanceof MappingNode mapping ? new FrontMatter(span, title(mapping)) : null;
    } catch (YAMLException _) {
      return KEY.matcher(yaml).lookingAt() ? new FrontMatter(span, null) : null;
    }
  }

  private static @Nullable String title(MappingNode mapping) {
    for (NodeTuple entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key
          && key.getValue().equals("title")
          && entry.getValueNode() instanceof ScalarNode value
          && !value.getValue().isBlank()) {
        return HeadingText.shorten(value.getValue());
      }
    }
    return null;
  }
}
