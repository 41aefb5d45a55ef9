package dev.ragline.answering.grounded;

import dev.ragline.document.AnswerLanguage;
import dev.ragline.document.GenerationSettings;
import dev.ragline.document.Language;
import dev.ragline.document.PromptTemplate;
import dev.ragline.generation.PromptTags;
import dev.ragline.retrieval.Passage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a model is told beside question and passages.
 *
 * @param tags those of the template, which no material may hold
 */
record Instructions(String system, PromptTemplate template, PromptTags tags) {
  /**
   * As the settings say. Without a word on the language, an answer is asked for in that of the
   * documents, if they have one in common; where that is English, nothing needs to be said.
   */
  static Instructions of(GenerationSettings settings, List<Passage> passages) {
    String system = settings.system() == null ? Prompt.SYSTEM : settings.system();
    AnswerLanguage language =
        settings.language() == null ? ofDocuments(passages) : settings.language();
    PromptTemplate usual = settings.schema() == null ? Prompt.DEFAULT : Prompt.FOR_JSON;
    PromptTemplate template = settings.template() == null ? usual : settings.template();
    return new Instructions(
        language == null ? system : system + " " + language.instruction(),
        template,
        new PromptTags(template.tags().isEmpty() ? Prompt.DEFAULT.tags() : template.tags()));
  }

  private static @Nullable AnswerLanguage ofDocuments(List<Passage> passages) {
    Set<Language> languages =
        passages.stream().map(it -> it.document().language()).collect(Collectors.toSet());
    Language first = passages.getFirst().document().language();
    boolean says =
        languages.size() == 1
            && !first.equals(Language.ENGLISH)
            && !first.equals(Language.UNDETERMINED);
    return says ? new AnswerLanguage(first.tag()) : null;
  }

  /** Material as it may stand in a prompt. */
  String inert(String text) {
    return Inert.of(text, tags);
  }

  /** The user's turn. */
  String user(String context, String question) {
    return template.render(context, inert(question));
  }
}
