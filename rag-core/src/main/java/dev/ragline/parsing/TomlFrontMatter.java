package dev.ragline.parsing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.google.common.collect.Iterables;
import com.google.common.collect.Streams;
import dev.ragline.document.reading.TextSpan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads front matter in TOML, as Hugo and Zola have it. */
final class TomlFrontMatter {
  private static final TomlMapper MAPPER = new TomlMapper();

  /**
   * The description among the entries before the first table: its words are the group that fits.
   */
  private static final Pattern DESCRIPTION =
      Pattern.compile(
          "(?mi)^[ \t]*+description[ \t]*+=[ \t]*+(?:\"{3}((?s:.*?))\"{3}|'{3}((?s:.*?))'{3}"
              + "|\"((?:[^\"\\\\\n]|\\\\.)*+)\"|'([^'\n]*+)')");

  private static final Pattern TABLE = Pattern.compile("(?m)^[ \t]*+\\[");

  private TomlFrontMatter() {}

  /**
   * Reads what stands between the fences.
   *
   * @param beginsAsTable whether it looks like one that has a slip where it is no TOML
   * @return null where it is no TOML, and does not look so
   */
  static FrontMatterBlock.@Nullable Content read(String toml, boolean beginsAsTable) {
    try {
      JsonNode root = MAPPER.readTree(toml);
      Map<String, FrontMatter.Entry> entries = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> one : root.properties()) {
        FrontMatter.Entry entry = entry(one.getValue());
        if (entry != null) {
          entries.put(one.getKey(), entry);
        }
      }
      return new FrontMatterBlock.Content(new FrontMatter(entries, null), description(toml));
    } catch (JsonProcessingException e) {
      if (!beginsAsTable) {
        return null;
      }
      String problem = "no TOML: " + e.getOriginalMessage().lines().findFirst().orElse("");
      return new FrontMatterBlock.Content(new FrontMatter(Map.of(), problem), null);
    }
  }

  private static FrontMatter.@Nullable Entry entry(JsonNode value) {
    if (value.isValueNode() && !value.isNull()) {
      return FrontMatter.Entry.scalar(value.asText());
    }
    if (value.isArray() && Iterables.all(value, JsonNode::isValueNode)) {
      List<String> texts = Streams.stream(value).map(JsonNode::asText).toList();
      return new FrontMatter.Entry(texts, true);
    }
    return null; // a table
  }

  private static @Nullable TextSpan description(String toml) {
    Matcher table = TABLE.matcher(toml);
    int end = table.find() ? table.start() : toml.length();
    Matcher found = DESCRIPTION.matcher(toml).region(0, end);
    if (!found.find()) {
      return null;
    }
    for (int group = 1; group <= found.groupCount(); group++) {
      if (found.group(group) != null) {
        TextSpan span = Blanks.trim(toml, new TextSpan(found.start(group), found.end(group)));
        return span.length() == 0 ? null : span;
      }
    }
    return null;
  }
}
