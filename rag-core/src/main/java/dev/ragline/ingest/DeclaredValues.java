package dev.ragline.ingest;

import dev.ragline.document.MetadataType;
import dev.ragline.document.MetadataValue;
import dev.ragline.document.RagException;
import dev.ragline.parsing.FrontMatter;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads values of front matter as the types of a schema. */
final class DeclaredValues {
  private static final Set<String> TRUE = Set.of("true", "yes", "on");
  private static final Set<String> FALSE = Set.of("false", "no", "off");

  /** A date, then perhaps a time and an offset, as YAML and TOML allow them. */
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})(?:(?:[Tt]|[ \\t]+)(\\d{1,2})(:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)"
              + "[ \\t]*(Z|z|[+-]\\d{1,2}(?::?\\d{2})?)?)?");

  private DeclaredValues() {}

  /** The value as a type; nothing where it does not fit. */
  static Optional<MetadataValue> typed(FrontMatter.Entry entry, MetadataType type) {
    try {
      if (type == MetadataType.STRING_LIST) {
        return Optional.of(new MetadataValue.Texts(texts(entry)));
      }
      return entry.list() ? Optional.empty() : scalar(entry.texts().getFirst().strip(), type);
    } catch (NumberFormatException | DateTimeException | RagException _) {
      return Optional.empty();
    }
  }

  /** One text may hold several, parted by commas. */
  private static List<String> texts(FrontMatter.Entry entry) {
    return entry.list()
        ? entry.texts()
        : Arrays.stream(entry.texts().getFirst().split(",", -1))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .toList();
  }

  private static Optional<MetadataValue> scalar(String text, MetadataType type) {
    return switch (type) {
      case STRING -> Optional.of(new MetadataValue.Text(text));
      case INT -> Optional.of(new MetadataValue.Whole(Long.parseLong(text)));
      case DOUBLE -> Optional.of(new MetadataValue.Decimal(Double.parseDouble(text)));
      case BOOL -> truth(text);
      case TIMESTAMP -> time(text);
      case STRING_LIST -> Optional.empty();
    };
  }

  private static Optional<MetadataValue> truth(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    return TRUE.contains(word) || FALSE.contains(word)
        ? Optional.of(new MetadataValue.Truth(TRUE.contains(word)))
        : Optional.empty();
  }

  /** A date is its first moment, and a time without an offset is in UTC. */
  private static Optional<MetadataValue> time(String text) {
    Matcher written = TIME.matcher(text);
    if (!written.matches()) {
      return Optional.empty();
    }
    LocalDate date = LocalDate.parse(written.group(1));
    LocalTime time =
        written.group(2) == null
            ? LocalTime.MIDNIGHT
            : LocalTime.parse(twoDigits(written.group(2)) + written.group(3));
    ZoneOffset offset = ZoneOffset.of(offset(written.group(4)));
    return Optional.of(new MetadataValue.Time(date.atTime(time).toInstant(offset)));
  }

  private static String offset(@Nullable String written) {
    if (written == null || written.equalsIgnoreCase("z")) {
      return "Z";
    }
    int colon = written.indexOf(':');
    return colon == 2 ? written.charAt(0) + "0" + written.substring(1) : written;
  }

  private static String twoDigits(String hour) {
    return hour.length() == 1 ? "0" + hour : hour;
  }
}
