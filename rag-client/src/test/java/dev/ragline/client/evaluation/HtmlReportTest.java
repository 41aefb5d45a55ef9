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

  @Test
  void render_twoConfigurations_isThePage() throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN, page());
    }
    assertThat(page()).isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void render_anyText_isWellFormedAndLoadsNothing() throws Exception {
    String page = page();

    assertThat(page).doesNotContain("<script", "http:", "https:", "src=", "url(", "\u0007");
    // Closed like XML but for what HTML leaves open.
    String xml = page.replace("<!doctype html>", "").replaceAll("<(meta[^>]*|br)>", "<$1/>");
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(xml)));
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
