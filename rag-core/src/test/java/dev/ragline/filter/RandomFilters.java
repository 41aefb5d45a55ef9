package dev.ragline.filter;

import dev.ragline.document.Metadata;
import dev.ragline.document.MetadataField;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.MetadataType;
import dev.ragline.document.MetadataValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Metadata and filters over them, of values that are hard on whoever quotes or compares them. */
public final class RandomFilters {
  /** A field of each type, and one that no document has. */
  public static final MetadataSchema SCHEMA =
      MetadataSchema.of(
          List.of(
              new MetadataField("team", MetadataType.STRING),
              new MetadataField("_Lang2", MetadataType.STRING),
              new MetadataField("year", MetadataType.INT),
              new MetadataField("price", MetadataType.DOUBLE),
              new MetadataField("open", MetadataType.BOOL),
              new MetadataField("due", MetadataType.TIMESTAMP),
              new MetadataField("tags", MetadataType.STRING_LIST),
              new MetadataField("later", MetadataType.STRING)));

  /**
   * Strings. None is between U+E000 and U+FFFF: cel-java orders by UTF-16, where they come after
   * those above U+FFFF, and CEL and the stores by code points.
   */
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a",
          "ab",
          "A",
          "aé",
          "search",
          "Run",
          "Run book",
          "it's",
          "say \"hi\"",
          "\\",
          "back\\slash",
          "\\\"",
          "\\n",
          "100%",
          "%",
          "_",
          "under_score",
          "a\nb",
          "a\r\nb",
          "\t",
          "\u0001",
          "\u007f",
          "é",
          "e\u0301",
          "日本",
          "日本語",
          "😀",
          "😀1",
          "\uD7FF",
          "x\" or 1 == 1 or \"",
          "') or ('1'=='1",
          "\") or (ordinal >= 0",
          "$meta",
          "#{x}",
          "{x}",
          "metadata[\"team\"]",
          "null",
          "true",
          "1",
          "1.0",
          "2026-01-01T00:00:00Z",
          "*",
          "a*",
          "?",
          "a OR b",
          "[a TO b]",
          "--",
          "/*",
          ";");

  private static final List<Long> NUMBERS =
      List.of(
          -5L, -1L, 0L, 1L, 2L, 2026L, 1L << 32, MetadataValue.Whole.MAX, -MetadataValue.Whole.MAX);

  private static final List<Double> DECIMALS =
      List.of(
          -1.5,
          -0.0,
          0.0,
          0.1,
          0.30000000000000004,
          1.0,
          2.0,
          3.14,
          1e300,
          -1e300,
          1e-300,
          Double.MIN_VALUE,
          Double.MAX_VALUE,
          9007199254740992.0);

  private static final List<Instant> TIMES =
      List.of(
          Instant.EPOCH,
          Instant.parse("0001-01-01T00:00:00Z"),
          Instant.parse("1969-12-31T23:59:59.999999Z"),
          Instant.parse("2026-01-02T03:04:05.678901Z"),
          Instant.parse("2026-01-02T03:04:05.678902Z"),
          Instant.parse("2026-01-02T03:04:05Z"),
          Instant.parse("2300-01-01T00:00:00.000001Z"),
          Instant.parse("9999-12-31T23:59:59.999999Z"));

  private final Random random;

  public RandomFilters(long seed) {
    this.random = new Random(seed);
  }

  /** A string that documents and filters may have. */
  public String text() {
    return one(TEXTS);
  }

  /** Metadata in which each field is or is not. */
  public Metadata metadata() {
    TreeMap<String, MetadataValue> values = new TreeMap<>();
    for (MetadataField field : SCHEMA.fields()) {
      if (!field.name().equals("later") && random.nextInt(4) > 0) {
        values.put(field.name(), value(field.type()));
      }
    }
    return new Metadata(values);
  }

  private MetadataValue value(MetadataType type) {
    return switch (type) {
      case STRING -> new MetadataValue.Text(text());
      case INT -> new MetadataValue.Whole(one(NUMBERS));
      case DOUBLE -> new MetadataValue.Decimal(one(DECIMALS));
      case BOOL -> new MetadataValue.Truth(random.nextBoolean());
      case TIMESTAMP -> new MetadataValue.Time(one(TIMES));
      case STRING_LIST -> new MetadataValue.Texts(texts());
    };
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      texts.add(text());
    }
    return texts;
  }

  /** An expression that is a filter. */
  public String filter() {
    return filter(3);
  }

  private String filter(int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return leaf();
    }
    return switch (random.nextInt(4)) {
      case 0 -> "!(" + filter(depth - 1) + ")";
      case 1 -> "(" + filter(depth - 1) + " && " + filter(depth - 1) + ")";
      case 2 -> "(" + filter(depth - 1) + " || " + filter(depth - 1) + ")";
      default ->
          filter(depth - 1) + " && (" + filter(depth - 1) + " || !(" + filter(depth - 1) + "))";
    };
  }

  private String leaf() {
    if (random.nextInt(40) == 0) {
      return Boolean.toString(random.nextBoolean());
    }
    if (random.nextInt(3) == 0) {
      Field.OfDocument field = one(List.of(Field.OfDocument.values()));
      return leaf("document." + field.word(), field.type());
    }
    MetadataField field = one(SCHEMA.fields());
    String name = "metadata." + field.name();
    return random.nextInt(6) == 0 ? "has(" + name + ")" : leaf(name, field.type());
  }

  private String leaf(String name, MetadataType type) {
    if (type == MetadataType.STRING_LIST) {
      return literal(new MetadataValue.Text(text())) + " in " + name;
    }
    int kind = random.nextInt(6);
    if (kind == 0) {
      return name + " in " + list(type);
    }
    if (kind == 1 && type == MetadataType.STRING) {
      return name + ".startsWith(" + prefix() + ")";
    }
    if (kind < 3 && type == MetadataType.BOOL) {
      return name;
    }
    String literal = literal(value(type));
    return kind == 3
        ? literal + " " + comparator(type) + " " + name
        : name + " " + comparator(type) + " " + literal;
  }

  private String list(MetadataType type) {
    List<String> literals = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      literals.add(literal(value(type)));
    }
    return literals.stream().collect(Collectors.joining(", ", "[", "]"));
  }

  private String prefix() {
    String text = text();
    int end = text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length()) + 1));
    return literal(new MetadataValue.Text(text.substring(0, end)));
  }

  private String comparator(MetadataType type) {
    List<String> equality = List.of("==", "!=");
    List<String> all = List.of("==", "!=", "<", "<=", ">", ">=");
    return one(type == MetadataType.BOOL ? equality : all);
  }

  /** A value as CEL writes it. */
  public static String literal(MetadataValue value) {
    return switch (value) {
      case MetadataValue.Text(String text) ->
          "\""
              + text.replace("\\", "\\\\")
                  .replace("\"", "\\\"")
                  .replace("\n", "\\n")
                  .replace("\r", "\\r")
              + "\"";
      case MetadataValue.Whole(long number) -> Long.toString(number);
      case MetadataValue.Decimal(double number) -> Double.toString(number);
      case MetadataValue.Truth(boolean truth) -> Boolean.toString(truth);
      case MetadataValue.Time(Instant time) -> "timestamp(\"" + time + "\")";
      case MetadataValue.Texts _ -> throw new IllegalArgumentException("no filter has a list");
    };
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
