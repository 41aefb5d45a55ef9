package dev.ragline.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.AnswerLanguage;
import dev.ragline.document.AnswerSchema;
import dev.ragline.document.Corpus;
import dev.ragline.document.GenerationSettings;
import dev.ragline.document.Language;
import dev.ragline.document.PromptTemplate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorpusSettingsTest {
  @Test
  void write_generation_isReadAgainAndAbsentWhereNothingIsSaid() throws Exception {
    Corpus plain = Corpora.of("c");
    GenerationSettings all =
        new GenerationSettings(
            "m",
            0.5,
            7L,
            100,
            List.of("END"),
            "Be brief.",
            new PromptTemplate("{context}\n{question}"),
            new AnswerLanguage("pt-BR"),
            new AnswerSchema("{\"type\": \"object\"}", "answer", true));
    GenerationSettings some =
        new GenerationSettings(null, 0.0, null, null, List.of(), null, null, null, null);
    assertThat(new String(CorpusSettings.write(plain), UTF_8)).doesNotContain("generation");
    for (GenerationSettings settings : List.of(GenerationSettings.NONE, some, all)) {
      Corpus corpus = plain.withGeneration(settings, "e");
      assertThat(CorpusSettings.read(CorpusSettings.write(corpus))).isEqualTo(corpus);
    }
  }

  @Test
  void read_settingsOfTheTimeBeforeLanguages_areEnglish() throws Exception {
    String now = new String(CorpusSettings.write(Corpora.of("c")), UTF_8);
    String then = now.replace("\"language\":\"auto\",", "");
    assertThat(then).isNotEqualTo(now);
    assertThat(CorpusSettings.read(now.getBytes(UTF_8)).language()).isNull();
    assertThat(CorpusSettings.read(then.getBytes(UTF_8)).language()).isEqualTo(Language.ENGLISH);
  }
}
