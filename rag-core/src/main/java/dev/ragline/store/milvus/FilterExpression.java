package dev.ragline.store.milvus;

import dev.ragline.document.MetadataValue;
import dev.ragline.filter.Condition;
import dev.ragline.filter.Field;
import dev.ragline.filter.Filter;
import java.util.List;

/**
 * Makes a boolean expression of Milvus of a filter. Each part that asks for a field of metadata
 * also asks whether it is there: versions differ in what they make of a field that is not.
 */
final class FilterExpression {
  private static final String EVERY = ChunkRows.ORDINAL + " >= 0";
  private static final String NONE = ChunkRows.ORDINAL + " < 0";

  private FilterExpression() {}

  /** An expression in brackets for the chunks of the documents that a filter lets pass. */
  static String of(Filter filter) {
    return switch (filter) {
      case Filter.And(List<Filter> all) -> joined(parts(all), " and ", EVERY);
      case Filter.Or(List<Filter> any) -> joined(parts(any), " or ", NONE);
      case Filter.Has(Field.OfMetadata field, boolean there) ->
          there ? present(field) : "(not " + present(field) + ")";
      case Filter.Match(Field field, Condition condition, boolean so) -> {
        String met = met(FilterFields.name(field), condition);
        String wanted = so ? met : "(not " + met + ")";
        yield field instanceof Field.OfMetadata metadata
            ? "(" + present(metadata) + " and " + wanted + ")"
            : wanted;
      }
    };
  }

  private static List<String> parts(List<Filter> filters) {
    return filters.stream().map(FilterExpression::of).toList();
  }

  private static String present(Field.OfMetadata field) {
    return "(exists " + FilterFields.PRESENT + "[\"" + field.name() + "\"])";
  }

  private static String met(String name, Condition condition) {
    return switch (condition) {
      case Condition.OneOf(List<MetadataValue> values) ->
          // Not by 'in', which Milvus Lite knows of columns only.
          joined(values.stream().map(value -> compared(name, "==", value)).toList(), " or ", NONE);
      case Condition.Above(MetadataValue bound, boolean inclusive) ->
          compared(name, inclusive ? ">=" : ">", bound);
      case Condition.Below(MetadataValue bound, boolean inclusive) ->
          compared(name, inclusive ? "<=" : "<", bound);
      case Condition.StartsWith(String prefix) -> startsWith(name, prefix);
      case Condition.Holds(String element) ->
          "(json_contains(" + name + ", " + FilterFields.literal(element) + "))";
    };
  }

  private static String compared(String name, String by, MetadataValue to) {
    return "(" + name + " " + by + " " + FilterFields.literal(to) + ")";
  }

  /** Not by 'like', whose escapes differ from version to version. */
  private static String startsWith(String name, String prefix) {
    String from = "(" + name + " >= " + FilterFields.literal(prefix) + ")";
    String end = following(prefix);
    return end.isEmpty()
        ? from
        : "(" + from + " and (" + name + " < " + FilterFields.literal(end) + "))";
  }

  /** The first string, by code points, after all that begin so; empty when there is none. */
  static String following(String prefix) {
    int[] points = prefix.codePoints().toArray();
    for (int last = points.length - 1; last >= 0; last--) {
      if (points[last] < Character.MAX_CODE_POINT) {
        int next = points[last] + 1;
        points[last] = next == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : next;
        return new String(points, 0, last + 1);
      }
    }
    return "";
  }

  /** Joined two by two: Milvus takes a hundred levels, and a chain is as deep as it is long. */
  private static String joined(List<String> parts, String by, String none) {
    return switch (parts.size()) {
      case 0 -> "(" + none + ")";
      case 1 -> parts.getFirst();
      default -> {
        int half = parts.size() / 2;
        yield "("
            + joined(parts.subList(0, half), by, none)
            + by
            + joined(parts.subList(half, parts.size()), by, none)
            + ")";
      }
    };
  }
}
