package dev.ragline.filter;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.ragline.document.Document;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.MetadataValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an expression means: CEL's own runtime asked for one document after the other. */
public final class CelReference {
  private static final CelRuntime RUNTIME = CelRuntimeFactory.legacyCelRuntimeBuilder().build();

  private final CelRuntime.Program program;

  /** Reads an expression. */
  public CelReference(String expression, MetadataSchema schema) {
    CelAbstractSyntaxTree ast = FilterCompiler.checked(expression, schema);
    try {
      program = RUNTIME.createProgram(ast);
    } catch (CelEvaluationException e) {
      throw new AssertionError(expression, e);
    }
  }

  /** Whether the expression is true for a document; an error, for want of a field, is not true. */
  public boolean matches(Document document) {
    Map<String, Object> metadata = new HashMap<>();
    document.metadata().values().forEach((name, value) -> metadata.put(name, object(value)));
    Map<String, Object> fields = new HashMap<>();
    for (Field.OfDocument field : Field.OfDocument.values()) {
      fields.put(field.word(), object(field.of(document)));
    }
    try {
      return (Boolean) program.eval(Map.of("metadata", metadata, "document", fields));
    } catch (CelEvaluationException e) {
      if (e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND) {
        return false;
      }
      throw new AssertionError(e);
    }
  }

  private static Object object(MetadataValue value) {
    return switch (value) {
      case MetadataValue.Text(String text) -> text;
      case MetadataValue.Whole(long number) -> number;
      case MetadataValue.Decimal(double number) -> number;
      case MetadataValue.Truth(boolean truth) -> truth;
      case MetadataValue.Time(Instant time) -> time;
      case MetadataValue.Texts(List<String> texts) -> texts;
    };
  }
}
