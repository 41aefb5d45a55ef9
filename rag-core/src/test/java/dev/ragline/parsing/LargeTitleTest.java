package dev.ragline.parsing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.Content;
import dev.ragline.document.MediaType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeTitleTest {
  private static void assertSame(String text, MediaType type, String what) {
    byte[] content = text.getBytes(UTF_8);
    StandardDocumentParser parser = new StandardDocumentParser();
    LargeTitle title = new LargeTitle(Content.of(content), type, parser, 700);
    while (title.goOn()) {
      assertThat(title.title()).as(what).isNotEqualTo("");
    }
    assertThat(title.title()).as(what).isEqualTo(parser.parse(content, type).title());
  }

  @Test
  void title_generatedDocuments_isThatOfTheWhole() {
    for (long seed = 0; seed < 300; seed++) {
      String text = GeneratedMarkdown.of(seed) + GeneratedMarkdown.of(seed + 1000);
      assertSame(text, MediaType.MARKDOWN, "seed " + seed);
      assertSame(text, MediaType.PLAIN_TEXT, "seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# Far behind",
        "Far behind\n===",
        "## Of the second level",
        "#",
        "[a]: /b\n2) # no heading",
        "```\n# no heading\n```"
      })
  void title_farBehind_isThatOfTheWhole(String heading) {
    String before = "A paragraph of some words.\n\n".repeat(200);
    assertSame(before + heading + "\n\nThe end.\n", MediaType.MARKDOWN, heading);
    assertSame("## First\n\n" + before + heading + "\n", MediaType.MARKDOWN, heading);
    assertSame("---\ntitle: Named\n---\n\n" + before + heading, MediaType.MARKDOWN, heading);
  }
}
