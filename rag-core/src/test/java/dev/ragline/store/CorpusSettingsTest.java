package dev.ragline.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.Language;
import org.junit.jupiter.api.Test;

class CorpusSettingsTest {
  @Test
  void read_settingsOfTheTimeBeforeLanguages_areEnglish() throws Exception {
    String now = new String(CorpusSettings.write(Corpora.of("c")), UTF_8);
    String then = now.replace("\"language\":\"auto\",", "");
    assertThat(then).isNotEqualTo(now);
    assertThat(CorpusSettings.read(now.getBytes(UTF_8)).language()).isNull();
    assertThat(CorpusSettings.read(then.getBytes(UTF_8)).language()).isEqualTo(Language.ENGLISH);
  }
}
