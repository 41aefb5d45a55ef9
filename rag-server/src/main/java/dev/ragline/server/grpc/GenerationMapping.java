package dev.ragline.server.grpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ragline.document.AnswerLanguage;
import dev.ragline.document.AnswerSchema;
import dev.ragline.document.GenerationSettings;
import dev.ragline.document.PromptTemplate;
import dev.ragline.document.RagException;
import dev.ragline.v1.GenerationSpec;
import dev.ragline.v1.ResponseSchema;
import org.jspecify.annotations.Nullable;

/** How answers are written, between the wire and the core. */
final class GenerationMapping {
  private static final String SCHEMA_NAME = "answer";
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private GenerationMapping() {}

  /** The settings; a field that is refused is named from {@code generation} on. */
  static GenerationSettings fromProto(GenerationSpec spec) {
    return Fields.below(
        "generation",
        () ->
            new GenerationSettings(
                set(spec.getModel()),
                spec.hasTemperature() ? spec.getTemperature() : null,
                spec.hasSeed() ? spec.getSeed() : null,
                spec.getMaxTokens() == 0 ? null : spec.getMaxTokens(),
                spec.getStopList(),
                set(spec.getSystem()),
                spec.getTemplate().isEmpty() ? null : new PromptTemplate(spec.getTemplate()),
                spec.getAnswerLanguage().isEmpty()
                    ? null
                    : new AnswerLanguage(spec.getAnswerLanguage()),
                schema(spec.getResponseSchema())));
  }

  private static @Nullable String set(String text) {
    return text.isEmpty() ? null : text;
  }

  private static @Nullable AnswerSchema schema(ResponseSchema schema) {
    if (schema.getSchema().isEmpty()) {
      return null;
    }
    requireObject(schema.getSchema());
    String name = schema.getName().isEmpty() ? SCHEMA_NAME : schema.getName();
    return new AnswerSchema(schema.getSchema(), name, schema.getStrict());
  }

  private static void requireObject(String json) {
    String field = "response_schema.schema";
    try {
      if (!JSON.readTree(json).isObject()) {
        throw RagException.invalid(field, "is no JSON object");
      }
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      String where =
          place == null
              ? ""
              : "line %d, column %d: ".formatted(place.getLineNr(), place.getColumnNr());
      throw RagException.invalid(field, where + "is no JSON");
    }
  }

  static GenerationSpec toProto(GenerationSettings settings) {
    GenerationSpec.Builder proto = GenerationSpec.newBuilder().addAllStop(settings.stop());
    if (settings.model() != null) {
      proto.setModel(settings.model());
    }
    if (settings.temperature() != null) {
      proto.setTemperature(settings.temperature());
    }
    if (settings.seed() != null) {
      proto.setSeed(settings.seed());
    }
    if (settings.maxTokens() != null) {
      proto.setMaxTokens(settings.maxTokens());
    }
    if (settings.system() != null) {
      proto.setSystem(settings.system());
    }
    PromptTemplate template = settings.template();
    if (template != null) {
      proto.setTemplate(template.text());
    }
    AnswerLanguage language = settings.language();
    if (language != null) {
      proto.setAnswerLanguage(language.tag());
    }
    AnswerSchema schema = settings.schema();
    if (schema != null) {
      proto.setResponseSchema(
          ResponseSchema.newBuilder()
              .setSchema(schema.json())
              .setName(schema.name())
              .setStrict(schema.strict()));
    }
    return proto.build();
  }
}
