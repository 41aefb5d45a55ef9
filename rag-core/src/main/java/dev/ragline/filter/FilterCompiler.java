package dev.ragline.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.MetadataType;
import dev.ragline.document.RagException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compiles expressions of CEL, type-checked against the schema of a corpus. */
public final class FilterCompiler {
  /** The most bytes of an expression. */
  public static final int MAX_BYTES = 4096;

  static final String METADATA = "metadata";
  static final String DOCUMENT = "document";

  private static final int MAX_DEPTH = 64;

  /** Fields that a message names. */
  private static final int MAX_NAMED = 16;

  private static final CelOptions OPTIONS =
      CelOptions.current().maxParseRecursionDepth(MAX_DEPTH).build();

  private FilterCompiler() {}

  /**
   * What an expression asks for.
   *
   * @throws RagException INVALID_ARGUMENT with the place for what is not CEL, has a wrong type,
   *     names a field that there is not, or asks for what stores cannot do
   */
  public static Filter compile(String expression, MetadataSchema schema) {
    return new Translation(checked(expression, schema), schema).filter();
  }

  /** The expression as CEL understands it. */
  static CelAbstractSyntaxTree checked(String expression, MetadataSchema schema) {
    if (expression.getBytes(UTF_8).length > MAX_BYTES) {
      throw RagException.invalid(Refusal.FIELD, "has more than " + MAX_BYTES + " bytes");
    }
    try {
      return compiler(schema).compile(expression).getAst();
    } catch (CelValidationException e) {
      CelIssue first = e.getErrors().getFirst();
      CelSourceLocation place = first.getSourceLocation();
      throw Refusal.at(
          place.getLine(), place.getColumn(), first.getMessage() + hint(first, schema));
    }
  }

  /** A compiler is made in a tenth of a millisecond. */
  private static CelCompiler compiler(MetadataSchema schema) {
    StructType document =
        struct(
            DOCUMENT,
            Arrays.stream(Field.OfDocument.values())
                .collect(
                    ImmutableMap.toImmutableMap(
                        Field.OfDocument::word, field -> type(field.type()))));
    StructType metadata =
        struct(
            METADATA,
            schema.fields().stream()
                .collect(
                    ImmutableMap.toImmutableMap(
                        field -> field.name(), field -> type(field.type()))));
    return CelCompilerFactory.standardCelCompilerBuilder()
        .setOptions(OPTIONS)
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .setTypeProvider(new Types(ImmutableList.of(document, metadata)))
        .addVar(DOCUMENT, StructTypeReference.create(DOCUMENT))
        .addVar(METADATA, StructTypeReference.create(METADATA))
        .setResultType(SimpleType.BOOL)
        .build();
  }

  private static StructType struct(String name, ImmutableMap<String, CelType> fields) {
    return StructType.create(name, fields.keySet(), word -> Optional.ofNullable(fields.get(word)));
  }

  private static CelType type(MetadataType type) {
    return switch (type) {
      case STRING -> SimpleType.STRING;
      case INT -> SimpleType.INT;
      case DOUBLE -> SimpleType.DOUBLE;
      case BOOL -> SimpleType.BOOL;
      case TIMESTAMP -> SimpleType.TIMESTAMP;
      case STRING_LIST -> ListType.create(SimpleType.STRING);
    };
  }

  /** What CEL does not know to say. */
  private static String hint(CelIssue issue, MetadataSchema schema) {
    String message = issue.getMessage();
    if (message.startsWith("undefined field")) {
      String fields =
          schema.fields().stream()
              .map(field -> field.name())
              .limit(MAX_NAMED)
              .collect(Collectors.joining(", "));
      return "; metadata has "
          + (fields.isEmpty() ? "no fields in this corpus" : fields)
          + (schema.fields().size() > MAX_NAMED ? ", …" : "")
          + ", and document has "
          + words();
    }
    if (message.startsWith("undeclared reference")) {
      return "; a filter knows metadata and document";
    }
    if (message.contains("(double, int)") || message.contains("(int, double)")) {
      return "; a double is compared with a double, as 10.0";
    }
    return "";
  }

  private static String words() {
    return Arrays.stream(Field.OfDocument.values())
        .map(Field.OfDocument::word)
        .collect(Collectors.joining(", "));
  }

  private record Types(ImmutableList<StructType> structs) implements CelTypeProvider {
    @Override
    public ImmutableCollection<CelType> types() {
      return ImmutableList.copyOf(structs);
    }

    @Override
    public Optional<CelType> findType(String name) {
      return structs.stream()
          .filter(struct -> struct.name().equals(name))
          .map(struct -> (CelType) struct)
          .findFirst();
    }
  }
}
