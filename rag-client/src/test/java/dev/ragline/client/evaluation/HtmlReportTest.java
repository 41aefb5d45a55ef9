package dev.ragline.client.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {
  private static final Path GOLDEN =
      Path.of("src", "test", "resources", "golden", "eval-report.html");

  private static String page() {
    return HtmlReport.render("set \"1\" <&>", Reports.request(), Reports.response());
  }

  private static Document document(String page) throws Exception {
    // Closed like XML but for what HTML leaves open.
    String xml = page.replace("<!doctype html>", "").replaceAll("<(meta[^>]*|br)>", "<$1/>");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  @Test
  void render_twoConfigurations_isThePage() throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN, page());
    }
    assertThat(page()).isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void render_answers_standBesideWhatWasExpected() throws Exception {
    String page = HtmlReport.render("set", AnsweredReports.request(), AnsweredReports.response());

    String text = document(page).getElementsByTagName("body").item(0).getTextContent();
    assertThat(text).contains("Warning: expected documents that are not in the corpus: doc");
    String answers = text.substring(text.indexOf("Answers beside what was expected"));
    assertThat(answers)
        .containsSubsequence(
            "Wrong?",
            "“42”",
            "43",
            "not what was expected",
            "Refused?",
            "0.25",
            "refused, but there is an answer",
            "Answered all the same?",
            "no answer",
            "The moon.",
            "but there is no answer",
            "Open?",
            "Who knows?",
            "nothing to compare with",
            "Right?",
            "“a <b>” or “c”",
            "doc › Ports & more",
            "It is A <b>.",
            "0.90",
            "right",
            "Nothing there?",
            "no answer",
            "rightly refused");
    String kinds = text.substring(text.indexOf("Figures by kind"), text.indexOf("Figures and"));
    assertThat(kinds).containsSubsequence("fact", "4", "1.000", "unanswerable", "2", "0.500");
  }

  @Test
  void render_anyText_isWellFormedAndLoadsNothing() throws Exception {
    String page = page();

    assertThat(page).doesNotContain("<script", "http:", "https:", "src=", "url(", "\u0007");
    Document document = document(page);
    assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(3);
    assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(2);
    NodeList bodies = document.getElementsByTagName("tbody");
    assertThat(bodies.getLength()).isEqualTo(2);
    // The question that was never found stands before the one found second.
    assertThat(bodies.item(1).getTextContent().indexOf("Is 3"))
        .isBetween(0, bodies.item(1).getTextContent().indexOf("Is 2"));
    assertThat(bodies.item(1).getTextContent()).doesNotContain("Is 1", "No?");
  }
}
