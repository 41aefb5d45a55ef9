package dev.ragline.parsing;

import com.google.common.collect.Iterables;
import dev.ragline.document.reading.TextSpan;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads front matter in YAML. Where it is no YAML as a whole, each entry is read by itself, so that
 * a slip costs the entry that it is in; a value of one line that is none by itself, as a title with
 * a colon, is taken as it stands.
 */
final class YamlFrontMatter {
  private static final Pattern ENTRY = Pattern.compile("(?m)^([\\w][\\w.-]*+)[ \t]*+:(?=\\s|$)");

  /** What a collection, a folded text, an anchor, an alias or a tag begins with. */
  private static final String INDICATORS = "[{|>&*!";

  private static final String DESCRIPTION = "description";

  /**
   * More entries than people write; a reading by entries is not to take longer than one at once.
   */
  private static final int MAX_ENTRIES = 500;

  private final String yaml;
  private final Map<String, FrontMatter.Entry> entries = new LinkedHashMap<>();
  private final List<String> lost = new ArrayList<>();
  private @Nullable TextSpan description;

  private YamlFrontMatter(String yaml) {
    this.yaml = yaml;
  }

  /**
   * Reads what stands between the fences.
   *
   * @param beginsAsMapping whether it looks like one that has a slip where it is no YAML
   * @return null where it is no mapping
   */
  static FrontMatterBlock.@Nullable Content read(String yaml, boolean beginsAsMapping) {
    YamlFrontMatter reading = new YamlFrontMatter(yaml);
    try {
      Node root = compose(yaml);
      if (root instanceof MappingNode mapping) {
        reading.add(mapping, 0);
      } else if (root != null) {
        return null;
      }
    } catch (YAMLException _) {
      if (!beginsAsMapping) {
        return null;
      }
      reading.readByEntries();
    }
    return reading.content();
  }

  private static @Nullable Node compose(String yaml) {
    return new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
  }

  private FrontMatterBlock.Content content() {
    String problem = lost.isEmpty() ? null : "no YAML, and left out: " + String.join(", ", lost);
    return new FrontMatterBlock.Content(new FrontMatter(entries, problem), description);
  }

  private void readByEntries() {
    List<Integer> starts = new ArrayList<>();
    Matcher entry = ENTRY.matcher(yaml);
    while (starts.size() < MAX_ENTRIES && entry.find()) {
      starts.add(entry.start());
    }
    starts.add(yaml.length());
    for (int i = 0; i + 1 < starts.size(); i++) {
      readEntry(starts.get(i), starts.get(i + 1));
    }
  }

  private void readEntry(int start, int end) {
    String text = yaml.substring(start, end);
    try {
      if (compose(text) instanceof MappingNode mapping) {
        add(mapping, start);
      }
    } catch (YAMLException _) {
      Matcher key = ENTRY.matcher(text);
      if (key.lookingAt()) {
        readPlainly(key.group(1), Blanks.trim(yaml, new TextSpan(start + key.end(), end)));
      }
    }
  }

  private void readPlainly(String key, TextSpan value) {
    String text = value.of(yaml);
    boolean isText = text.lines().count() == 1 && INDICATORS.indexOf(text.charAt(0)) < 0;
    if (isText) {
      put(key, FrontMatter.Entry.scalar(text), value);
    } else {
      lost.add(key);
    }
  }

  private void add(MappingNode mapping, int origin) {
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        switch (tuple.getValueNode()) {
          case ScalarNode value when !value.getTag().equals(Tag.NULL) ->
              put(key.getValue(), FrontMatter.Entry.scalar(value.getValue()), span(value, origin));
          case SequenceNode list when isOfScalars(list) ->
              put(key.getValue(), new FrontMatter.Entry(texts(list), true), null);
          default -> {
            // A mapping, or nothing: no value of metadata.
          }
        }
      }
    }
  }

  private void put(String key, FrontMatter.Entry entry, @Nullable TextSpan place) {
    entries.put(key, entry);
    if (key.toLowerCase(Locale.ROOT).equals(DESCRIPTION) && place != null && place.length() > 0) {
      description = place;
    }
  }

  private static boolean isOfScalars(SequenceNode list) {
    return Iterables.all(list.getValue(), ScalarNode.class::isInstance);
  }

  private static List<String> texts(SequenceNode list) {
    return list.getValue().stream()
        .map(ScalarNode.class::cast)
        .filter(item -> !item.getTag().equals(Tag.NULL))
        .map(ScalarNode::getValue)
        .toList();
  }

  /** The chars of a scalar's words, without its quotes or the line that says how it is folded. */
  private TextSpan span(ScalarNode value, int origin) {
    // Marks count code points.
    int start = yaml.offsetByCodePoints(origin, value.getStartMark().getIndex());
    int end = yaml.offsetByCodePoints(origin, value.getEndMark().getIndex());
    ScalarStyle style = value.getScalarStyle();
    if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
      int line = yaml.indexOf('\n', start);
      start = line < 0 || line > end ? end : line;
    } else if (style != ScalarStyle.PLAIN && end - start >= 2) {
      start++;
      end--;
    }
    return Blanks.trim(yaml, new TextSpan(start, end));
  }
}
