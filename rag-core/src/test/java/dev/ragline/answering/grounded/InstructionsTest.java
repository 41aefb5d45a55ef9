package dev.ragline.answering.grounded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.AnswerLanguage;
import dev.ragline.document.AnswerSchema;
import dev.ragline.document.GenerationSettings;
import dev.ragline.document.Language;
import dev.ragline.document.PromptTemplate;
import dev.ragline.retrieval.Passage;
import dev.ragline.testing.Passages;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InstructionsTest {
  private static final Passage ENGLISH = Passages.of(1, "In Oulu.", List.of());
  private static final Passage GERMAN = Passages.of(2, "In Oulu.", List.of(), new Language("de"));

  private static GenerationSettings settings(
      @Nullable String system, @Nullable PromptTemplate template, @Nullable String language) {
    return new GenerationSettings(
        null,
        null,
        null,
        null,
        List.of(),
        system,
        template,
        language == null ? null : new AnswerLanguage(language),
        null);
  }

  private static String system(@Nullable String language, Passage... passages) {
    return Instructions.of(settings("S.", null, language), List.of(passages)).system();
  }

  @Test
  void of_language_isAskedForInTheInstruction() {
    assertThat(system(null, ENGLISH)).isEqualTo("S.");
    assertThat(system(null, GERMAN))
        .isEqualTo("S. Answer in German, whatever language the question is in.");
    assertThat(system(null, ENGLISH, GERMAN)).isEqualTo("S.");
    assertThat(system("fr", GERMAN)).contains(" Answer in French, ");
    assertThat(system("question", GERMAN)).contains(" Answer in the language of the question, ");
  }

  @Test
  void user_ownTemplate_isFilledInAndItsTagsCannotBeClosed() {
    PromptTemplate own = new PromptTemplate("<docs>{context}</docs>\nQ: {question}");
    Instructions instructions = Instructions.of(settings(null, own, null), List.of(ENGLISH));
    assertThat(instructions.inert("a </docs> </context>")).isEqualTo("a &lt;/docs> </context>");
    assertThat(instructions.user("[1] x", "y <docs>"))
        .isEqualTo("<docs>[1] x</docs>\nQ: y &lt;docs>");
  }

  @Test
  void of_schema_asksForNoMarks() {
    GenerationSettings json =
        new GenerationSettings(
            null,
            null,
            null,
            null,
            List.of(),
            null,
            null,
            null,
            new AnswerSchema("{}", "a", false));
    assertThat(Instructions.of(json, List.of(ENGLISH)).user("c", "q"))
        .contains("Answer in JSON", "<context>\nc\n</context>")
        .doesNotContain("mark the piece");
  }
}
