package dev.ragline.ingest;

import dev.ragline.document.Metadata;
import dev.ragline.document.MetadataField;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.MetadataValue;
import dev.ragline.document.RagException;
import dev.ragline.document.Warning;
import dev.ragline.parsing.FrontMatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A document's metadata: what its uploader says, and what it says of itself in its front matter as
 * far as the corpus's schema has fields for it.
 *
 * @param warnings what of the front matter could not be taken
 */
record DeclaredMetadata(Metadata metadata, List<Warning> warnings) {
  private static final int SHOWN = 60;

  DeclaredMetadata {
    warnings = List.copyOf(warnings);
  }

  /**
   * Puts both together; the uploader's word goes first.
   *
   * @param given what the uploader says, typed by the schema
   */
  static DeclaredMetadata of(MetadataSchema schema, Metadata given, FrontMatter frontMatter) {
    Map<String, MetadataValue> values = new TreeMap<>(given.values());
    List<String> left = new ArrayList<>();
    for (MetadataField field : schema.fields()) {
      FrontMatter.Entry entry = entry(frontMatter, field.name());
      if (entry != null && !given.values().containsKey(field.name())) {
        Optional<MetadataValue> value = DeclaredValues.typed(entry, field.type());
        if (value.isEmpty()) {
          left.add("%s '%s' is not a %s".formatted(field.name(), shown(entry), field.type()));
        } else if (!fits(values, field.name(), value.get())) {
          left.add(field.name() + " is too large");
        }
      }
    }
    return new DeclaredMetadata(Metadata.of(values), warnings(frontMatter, left));
  }

  private static FrontMatter.@Nullable Entry entry(FrontMatter frontMatter, String field) {
    FrontMatter.Entry same = frontMatter.entries().get(field);
    return same != null
        ? same
        : frontMatter.entries().entrySet().stream()
            .filter(entry -> folded(entry.getKey()).equals(folded(field)))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
  }

  /** A field's name cannot have the dashes and dots of a key. */
  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_').replace('.', '_').replace(' ', '_');
  }

  /** Adds a value where all then still have room. */
  private static boolean fits(Map<String, MetadataValue> values, String name, MetadataValue value) {
    values.put(name, value);
    try {
      Metadata _ = Metadata.of(values);
      return true;
    } catch (RagException _) {
      values.remove(name);
      return false;
    }
  }

  private static List<Warning> warnings(FrontMatter frontMatter, List<String> left) {
    List<Warning> warnings = new ArrayList<>();
    if (frontMatter.problem() != null) {
      warnings.add(
          new Warning(
              "FRONT_MATTER_UNREADABLE",
              "the document's front matter is " + frontMatter.problem()));
    }
    if (!left.isEmpty()) {
      warnings.add(
          new Warning(
              "FRONT_MATTER_IGNORED",
              "left out of the metadata, which the front matter has otherwise than the corpus's"
                  + " schema: "
                  + String.join("; ", left)));
    }
    return warnings;
  }

  private static String shown(FrontMatter.Entry entry) {
    String text = String.join(", ", entry.texts()).replaceAll("\\s+", " ");
    return text.codePointCount(0, text.length()) <= SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
  }
}
