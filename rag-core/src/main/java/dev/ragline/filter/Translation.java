package dev.ragline.filter;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.MetadataType;
import dev.ragline.document.MetadataValue;
import dev.ragline.document.RagException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Turns one checked expression into a filter; what has no place there is refused. */
final class Translation {
  /** Leaves and values of lists; each costs a store something. */
  static final int MAX_VALUES = 256;

  private static final String LITERAL_WANTED = "a field is to be compared with a literal";
  private static final String LIST_AS_A_WHOLE =
      "lists are not compared as a whole: ask \"x\" in the list";

  private final CelAbstractSyntaxTree ast;
  private final MetadataSchema schema;
  private int values;

  Translation(CelAbstractSyntaxTree ast, MetadataSchema schema) {
    this.ast = ast;
    this.schema = schema;
  }

  Filter filter() {
    return filter(ast.getExpr(), true);
  }

  /**
   * What is wanted.
   *
   * @param so whether the expression is to be true or false; an error, for want of a field, is
   *     neither
   */
  private Filter filter(CelExpr expr, boolean so) {
    return switch (expr.getKind()) {
      case CONSTANT -> expr.constant().booleanValue() == so ? Filter.ALL : Filter.NONE;
      case SELECT -> select(expr, so);
      case CALL -> call(expr, so);
      case COMPREHENSION -> throw refused(expr, "filters cannot look at each element of a list");
      default -> throw refused(expr, "filters cannot do that");
    };
  }

  private Filter select(CelExpr expr, boolean so) {
    Field field = field(expr).orElseThrow(() -> refused(expr, "filters cannot do that"));
    counted(expr, 1);
    if (expr.select().testOnly()) {
      return field instanceof Field.OfMetadata metadata
          ? new Filter.Has(metadata, so)
          : so ? Filter.ALL : Filter.NONE;
    }
    Condition isTrue = new Condition.OneOf(List.of(new MetadataValue.Truth(true)));
    return new Filter.Match(field, isTrue, so);
  }

  private Filter call(CelExpr expr, boolean so) {
    CelExpr.CelCall call = expr.call();
    List<CelExpr> args = call.args();
    return switch (call.function()) {
      case "_&&_" -> both(args, so, so);
      case "_||_" -> both(args, !so, so);
      case "!_" -> filter(args.getFirst(), !so);
      case "_==_" -> equal(expr, so);
      case "_!=_" -> equal(expr, !so);
      case "_<_" -> below(expr, false, so);
      case "_<=_" -> below(expr, true, so);
      case "_>_" -> above(expr, false, so);
      case "_>=_" -> above(expr, true, so);
      case "@in" -> in(expr, so);
      case "startsWith" -> startsWith(expr, so);
      default ->
          throw refused(expr, "filters cannot do '%s'".formatted(call.function().replace("_", "")));
    };
  }

  /** De Morgan: an AND that is to be false is an OR of what is to be false. */
  private Filter both(List<CelExpr> args, boolean and, boolean so) {
    List<Filter> sides = args.stream().map(side -> filter(side, so)).toList();
    return and ? Flat.and(sides) : Flat.or(sides);
  }

  private Filter equal(CelExpr expr, boolean so) {
    Comparison comparison = comparison(expr);
    return new Filter.Match(
        comparison.field(), new Condition.OneOf(List.of(comparison.value())), so);
  }

  private Filter below(CelExpr expr, boolean inclusive, boolean so) {
    Comparison comparison = ordered(expr);
    return range(comparison, comparison.mirrored() != so, inclusive == so);
  }

  private Filter above(CelExpr expr, boolean inclusive, boolean so) {
    Comparison comparison = ordered(expr);
    return range(comparison, comparison.mirrored() == so, inclusive == so);
  }

  private static Filter range(Comparison comparison, boolean below, boolean inclusive) {
    MetadataValue bound = comparison.value();
    Condition condition =
        below ? new Condition.Below(bound, inclusive) : new Condition.Above(bound, inclusive);
    return new Filter.Match(comparison.field(), condition, true);
  }

  private Comparison ordered(CelExpr expr) {
    Comparison comparison = comparison(expr);
    if (comparison.field().type() == MetadataType.BOOL) {
      throw refused(expr, "true and false have no order here");
    }
    return comparison;
  }

  /**
   * A field beside a literal.
   *
   * @param mirrored whether the literal came first
   */
  private record Comparison(Field field, MetadataValue value, boolean mirrored) {}

  private Comparison comparison(CelExpr expr) {
    counted(expr, 1);
    CelExpr left = expr.call().args().getFirst();
    CelExpr right = expr.call().args().getLast();
    Optional<Field> leftField = field(left);
    Optional<Field> rightField = field(right);
    if (leftField.isPresent() == rightField.isPresent()) {
      requireSupported(left);
      requireSupported(right);
      throw refused(expr, LITERAL_WANTED);
    }
    Field field = leftField.or(() -> rightField).orElseThrow();
    if (field.type() == MetadataType.STRING_LIST) {
      throw refused(expr, LIST_AS_A_WHOLE);
    }
    boolean mirrored = rightField.isPresent();
    return new Comparison(field, value(mirrored ? left : right), mirrored);
  }

  private void requireSupported(CelExpr side) {
    if (side.getKind() == CelExpr.ExprKind.Kind.CALL) {
      MetadataValue _ = value(side);
    }
  }

  private Filter in(CelExpr expr, boolean so) {
    CelExpr element = expr.call().args().getFirst();
    CelExpr list = expr.call().args().getLast();
    Optional<Field> listField = field(list);
    if (listField.isPresent()) {
      counted(expr, 1);
      if (value(element) instanceof MetadataValue.Text(String text)) {
        return new Filter.Match(listField.get(), new Condition.Holds(text), so);
      }
      throw refused(element, "the elements of lists are strings");
    }
    if (list.getKind() != CelExpr.ExprKind.Kind.LIST) {
      throw refused(list, "'in' looks in a list of literals, or in a field that is a list");
    }
    Field field =
        field(element).orElseThrow(() -> refused(element, "a field is to stand before 'in'"));
    if (field.type() == MetadataType.STRING_LIST) {
      throw refused(element, LIST_AS_A_WHOLE);
    }
    List<CelExpr> elements = list.list().elements();
    counted(expr, 1 + elements.size());
    List<MetadataValue> among = elements.stream().map(this::value).toList();
    return new Filter.Match(field, new Condition.OneOf(among), so);
  }

  private Filter startsWith(CelExpr expr, boolean so) {
    counted(expr, 1);
    CelExpr target = expr.call().target().orElse(expr);
    Field field =
        field(target).orElseThrow(() -> refused(expr, "a field is to stand before '.startsWith'"));
    if (value(expr.call().args().getFirst()) instanceof MetadataValue.Text(String prefix)) {
      return new Filter.Match(field, new Condition.StartsWith(prefix), so);
    }
    throw refused(expr, "a string is to stand in '.startsWith'");
  }

  private void counted(CelExpr expr, int more) {
    values += more;
    if (values > MAX_VALUES) {
      throw refused(expr, "a filter compares with " + MAX_VALUES + " values at most");
    }
  }

  /** The field that an expression is, if it is one. */
  private Optional<Field> field(CelExpr expr) {
    if (expr.getKind() != CelExpr.ExprKind.Kind.SELECT) {
      return Optional.empty();
    }
    CelExpr scope = expr.select().operand();
    if (scope.getKind() != CelExpr.ExprKind.Kind.IDENT) {
      return Optional.empty();
    }
    String name = expr.select().field();
    return switch (scope.ident().name()) {
      case FilterCompiler.METADATA ->
          schema.type(name).map(type -> new Field.OfMetadata(name, type));
      case FilterCompiler.DOCUMENT -> Field.OfDocument.called(name).map(field -> field);
      default -> Optional.empty();
    };
  }

  private MetadataValue value(CelExpr expr) {
    return switch (expr.getKind()) {
      case CONSTANT -> constant(expr, expr.constant());
      case CALL -> time(expr);
      default -> throw refused(expr, LITERAL_WANTED);
    };
  }

  private MetadataValue constant(CelExpr expr, CelConstant constant) {
    try {
      return switch (constant.getKind()) {
        case STRING_VALUE -> new MetadataValue.Text(constant.stringValue());
        case INT64_VALUE -> new MetadataValue.Whole(constant.int64Value());
        case DOUBLE_VALUE -> new MetadataValue.Decimal(constant.doubleValue());
        case BOOLEAN_VALUE -> new MetadataValue.Truth(constant.booleanValue());
        default -> throw refused(expr, "no field is of this type");
      };
    } catch (RagException e) {
      throw e.reason().equals("INVALID_FIELD") ? refused(expr, beyond(constant)) : e;
    }
  }

  private static String beyond(CelConstant constant) {
    return switch (constant.getKind()) {
      case INT64_VALUE -> "no field has a number beyond ±(2^53 - 1)";
      case DOUBLE_VALUE -> "the number is not finite";
      default -> "the string is not Unicode";
    };
  }

  private MetadataValue time(CelExpr expr) {
    if (!expr.call().function().equals("timestamp")) {
      throw unsupported(expr);
    }
    CelExpr text = expr.call().args().getFirst();
    boolean literal =
        text.getKind() == CelExpr.ExprKind.Kind.CONSTANT
            && text.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    if (!literal) {
      throw refused(text, "a time is written as timestamp(\"2026-01-31T12:00:00Z\")");
    }
    Instant time =
        MetadataSchema.time(text.constant().stringValue())
            .orElseThrow(
                () ->
                    refused(
                        text, "not RFC 3339 in the years 1 to 9999, as \"2026-01-31T12:00:00Z\""));
    MetadataValue.Time value = new MetadataValue.Time(time);
    if (!value.value().equals(time)) {
      throw refused(text, "times have microseconds at most");
    }
    return value;
  }

  private RagException unsupported(CelExpr call) {
    return refused(
        call, "filters cannot do '%s'".formatted(call.call().function().replace("_", "")));
  }

  private RagException refused(CelExpr expr, String why) {
    Integer offset = ast.getSource().getPositionsMap().get(expr.id());
    CelSourceLocation place =
        ast.getSource()
            .getOffsetLocation(offset == null ? 0 : offset)
            .orElse(CelSourceLocation.NONE);
    return Refusal.at(place.getLine(), place.getColumn(), why);
  }
}
