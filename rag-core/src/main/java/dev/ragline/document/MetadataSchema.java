package dev.ragline.document;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which metadata the documents of a corpus may have. Fields are added and never removed or changed,
 * so that what was written under a schema fits all that come after it.
 *
 * @param fields in the order in which they were declared
 * @param filterable whether the store holds of each chunk what filters ask for; not so in corpora
 *     of versions that had no filters
 */
public record MetadataSchema(List<MetadataField> fields, boolean filterable) {
  /** No document has metadata. */
  public static final MetadataSchema EMPTY = new MetadataSchema(List.of(), true);

  /** What corpora have that are older than metadata. */
  public static final MetadataSchema BEFORE_FILTERS = new MetadataSchema(List.of(), false);

  /** The most fields. */
  public static final int MAX_FIELDS = 64;

  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");

  public MetadataSchema {
    fields = List.copyOf(fields);
    if (fields.size() > MAX_FIELDS) {
      throw RagException.invalid("metadata_schema", "has at most " + MAX_FIELDS + " fields");
    }
    Set<String> names = new HashSet<>();
    for (MetadataField field : fields) {
      if (!names.add(field.name())) {
        throw RagException.invalid("metadata_schema", "has the field " + field.name() + " twice");
      }
    }
  }

  /** A schema of a new corpus. */
  public static MetadataSchema of(List<MetadataField> fields) {
    return new MetadataSchema(fields, true);
  }

  /** The type of a field, if there is such a field. */
  public Optional<MetadataType> type(String name) {
    return fields.stream()
        .filter(field -> field.name().equals(name))
        .map(MetadataField::type)
        .findFirst();
  }

  /**
   * This schema with more fields.
   *
   * @param wanted all fields of this one and new ones, in any order
   * @throws RagException INVALID_ARGUMENT when a field is missing or has another type
   */
  public MetadataSchema grownTo(List<MetadataField> wanted) {
    MetadataSchema all = new MetadataSchema(wanted, filterable);
    for (MetadataField field : fields) {
      if (!all.type(field.name()).equals(Optional.of(field.type()))) {
        throw RagException.invalid(
            "metadata_schema",
            "fields are only added: %s stays, and stays %s".formatted(field.name(), field.type()));
      }
    }
    List<MetadataField> grown = new ArrayList<>(fields);
    wanted.stream().filter(field -> !fields.contains(field)).forEach(grown::add);
    return new MetadataSchema(grown, filterable);
  }

  /**
   * Metadata as this schema types it. JSON has no whole numbers and no times of its own: a number
   * without a fraction may be an INT, and a string in RFC 3339 a TIMESTAMP.
   *
   * @throws RagException INVALID_ARGUMENT for the first field that is not in the schema or does not
   *     fit it
   */
  public Metadata typed(Metadata metadata) {
    TreeMap<String, MetadataValue> typed = new TreeMap<>();
    metadata.values().forEach((name, value) -> typed.put(name, typed(name, value)));
    return new Metadata(typed);
  }

  private MetadataValue typed(String name, MetadataValue value) {
    String path = "metadata." + name;
    MetadataType type =
        type(name)
            .orElseThrow(
                () ->
                    RagException.invalid(
                        path, "is not a field of the corpus's metadata_schema; add it there"));
    if (value.type() == type) {
      return value;
    }
    return switch (value) {
      case MetadataValue.Decimal(double number) when type == MetadataType.INT ->
          new MetadataValue.Whole(whole(path, number));
      case MetadataValue.Whole(long number) when type == MetadataType.DOUBLE ->
          new MetadataValue.Decimal(number);
      case MetadataValue.Text(String text) when type == MetadataType.TIMESTAMP ->
          new MetadataValue.Time(time(path, text));
      default -> throw mismatch(path, type);
    };
  }

  private static RagException mismatch(String path, MetadataType type) {
    return RagException.invalid(path, "is not a " + type + ", as the corpus's schema has it");
  }

  private static long whole(String path, double number) {
    if (number != Math.rint(number) || Math.abs(number) > MetadataValue.Whole.MAX) {
      throw RagException.invalid(path, "an INT is a whole number within ±(2^53 - 1)");
    }
    return (long) number;
  }

  private static Instant time(String path, String text) {
    return time(text)
        .orElseThrow(
            () ->
                RagException.invalid(
                    path,
                    "a TIMESTAMP is RFC 3339 in the years 1 to 9999, as 2026-01-31T12:00:00Z"));
  }

  /** Reads RFC 3339, if it is that, and in the years 1 to 9999. */
  public static Optional<Instant> time(String text) {
    if (!RFC_3339.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      boolean inRange =
          !time.isBefore(MetadataValue.Time.MIN) && time.isBefore(MetadataValue.Time.END);
      return inRange ? Optional.of(time) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
