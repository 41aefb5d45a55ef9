package dev.ragline.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ragline.document.AnswerLanguage;
import dev.ragline.document.AnswerSchema;
import dev.ragline.document.GenerationSettings;
import dev.ragline.document.PromptTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a corpus's answers are written, as every store keeps it, in JSON; null is left open. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GenerationPart(
    @Nullable String model,
    @Nullable Double temperature,
    @Nullable Long seed,
    @Nullable Integer maxTokens,
    @Nullable List<String> stop,
    @Nullable String system,
    @Nullable String template,
    @Nullable String answerLanguage,
    @Nullable SchemaPart responseSchema) {

  /** The JSON that answers are to be. */
  record SchemaPart(String schema, String name, boolean strict) {}

  /** The settings as they are kept; null where nothing is said. */
  static @Nullable GenerationPart of(GenerationSettings settings) {
    if (settings.equals(GenerationSettings.NONE)) {
      return null;
    }
    PromptTemplate template = settings.template();
    AnswerLanguage language = settings.language();
    AnswerSchema schema = settings.schema();
    return new GenerationPart(
        settings.model(),
        settings.temperature(),
        settings.seed(),
        settings.maxTokens(),
        settings.stop().isEmpty() ? null : settings.stop(),
        settings.system(),
        template == null ? null : template.text(),
        language == null ? null : language.tag(),
        schema == null ? null : new SchemaPart(schema.json(), schema.name(), schema.strict()));
  }

  GenerationSettings toSettings() {
    return new GenerationSettings(
        model,
        temperature,
        seed,
        maxTokens,
        stop == null ? List.of() : stop,
        system,
        template == null ? null : new PromptTemplate(template),
        answerLanguage == null ? null : new AnswerLanguage(answerLanguage),
        responseSchema == null
            ? null
            : new AnswerSchema(responseSchema.schema, responseSchema.name, responseSchema.strict));
  }
}
