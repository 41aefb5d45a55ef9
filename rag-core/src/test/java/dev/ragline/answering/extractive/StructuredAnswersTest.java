package dev.ragline.answering.extractive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.answering.AnswerWriter.Assignment;
import dev.ragline.answering.Citation;
import dev.ragline.call.Call;
import dev.ragline.chunking.ChunkDraft;
import dev.ragline.chunking.Chunkers;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Chunking;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.GenerationSettings;
import dev.ragline.document.GroundingSettings;
import dev.ragline.document.Language;
import dev.ragline.document.LeadIn;
import dev.ragline.document.MediaType;
import dev.ragline.document.Sha256;
import dev.ragline.parsing.ParsedDocument;
import dev.ragline.parsing.StandardDocumentParser;
import dev.ragline.retrieval.CosineScale;
import dev.ragline.retrieval.Grounds;
import dev.ragline.retrieval.Passage;
import dev.ragline.retrieval.Retrieval;
import dev.ragline.retrieval.Scores;
import dev.ragline.testing.Passages;
import dev.ragline.testing.RecordingDraft;
import dev.ragline.testing.TestExecution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers from tables, lists and code: each as a reader needs it, each part with its bytes. */
class StructuredAnswersTest {
  private static final String ROWS =
      IntStream.rangeClosed(1, 60)
          .mapToObj(n -> "| service-%d | %d |\n".formatted(n, 9000 + n))
          .collect(Collectors.joining());

  private final RecordingDraft draft = new RecordingDraft();

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 23, 42, 60})
  void tableOfSixtyRows_rowHasItsColumnNamesWhereverItWasCut(int row) {
    List<Chunk> chunks =
        chunks("# Ports\n\nThe services listen here:\n\n| Service | Port |\n|---|---|\n" + ROWS);
    assertThat(chunks).hasSizeGreaterThan(3);
    Chunk found = holding(chunks, "| service-%d |".formatted(row));
    answer("Which port has service-%d?".formatted(row), chunks, found);
    assertThat(draft.text())
        .startsWith("Service | Port\nservice-%d | %d".formatted(row, 9000 + row));
    assertThat(draft.sources())
        .contains(
            "Service | Port ← Service | Port",
            "service-%1$d | %2$d ← service-%1$d | %2$d".formatted(row, 9000 + row));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<table>\n<tr><th>Cloud</th><th>Most volumes</th></tr>\n%s</table>",
        "<table><thead><tr><td>Cloud</td><td>Most volumes</td></tr></thead>\n%s</table>",
        "<table>\n<tr><td><strong>Cloud</strong></td><td><b>Most volumes</b></td></tr>\n%s</table>",
        "<TABLE>\n<TR>\n<TH>Cloud</TH>\n<TH>Most volumes</TH>\n</TR>\n%s</TABLE>",
        "Limits of clouds:\n\n<table>\n<tr><th>Cloud<th>Most volumes</tr>\n%s</table>"
      })
  void htmlTable_rowHasItsColumnNames(String table) {
    String rows =
        "<tr><td>Amazon <em>EBS</em></td><td>39</td></tr>\n"
            + "<tr><td>Google Disk</td><td>16</td></tr>\n"
            + "<tr><td>Azure Disk</td><td>12</td></tr>\n";
    List<Chunk> chunks = chunks(table.formatted(rows));
    answer("How many volumes has Google Disk?", chunks, holding(chunks, "Google"));
    assertThat(draft.text()).contains("Cloud | Most volumes\nGoogle Disk | 16");
    assertThat(draft.text()).doesNotContain("<");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "How do I list running pods?/To list the running pods, use:\npods list --running",
        "How can I delete a pod?/A pod is deleted with\npods delete NAME",
        "What is the command to restart pods?/Restart pods like this:\npods stop\npods start",
        "How do I watch pods?/In short, watch pods with:\npods watch \\\n  --every 5s",
        "How to export pods?/Export pods by this command:\npods export > all.yml"
      })
  void sentenceThatAnnouncesCode_isFollowedByTheCodeLineByLine(String asked) {
    String text =
        """
        Pods are small.

        To list the running pods, use:

        ```sh
        pods list --running
        ```

        A pod is deleted with

            pods delete NAME

        Restart pods like this:

        ```
        pods stop
        pods start
        ```

        1. Many people watch pods. In short, watch pods with:

           ```
           pods watch \\
             --every 5s
           ```
        2. Export pods by this command:

           ~~~
           pods export > all.yml
           ~~~
        """;
    List<Chunk> chunks = chunks(text);
    int question = asked.indexOf('/');
    answer(asked.substring(0, question), chunks, chunks.toArray(Chunk[]::new));
    assertThat(draft.text()).contains(asked.substring(question + 1));
  }

  @Test
  void codeThatGoesOn_isShownBelowItsLeadIn() {
    String lines =
        IntStream.rangeClosed(1, 80)
            .mapToObj(n -> "wheel --turn %d\n".formatted(n))
            .collect(Collectors.joining());
    List<Chunk> chunks = chunks("To start the mill, run these:\n\n```sh\n" + lines + "```\n");
    assertThat(chunks).hasSizeGreaterThan(2);
    answer("How do I start the mill?", chunks, holding(chunks, "wheel --turn 44"));
    assertThat(draft.text()).startsWith("To start the mill, run these:\nwheel --turn ");
    assertThat(draft.text()).contains("\nwheel --turn 44\n").doesNotContain("```");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "These phases of a pod exist:\n\n- pending\n- running\n- failed\n",
        "These phases of a pod exist:\n- pending\n- running\n- failed\n",
        "Some text. These phases of a pod exist:\n\n* pending\n\n* running\n\n* failed\n",
        "These phases of a pod exist:\n\n+ **pending**\n+ `running`\n+ failed\n\nMore follows.",
        "> These phases of a pod exist:\n>\n> - pending\n> - running\n> - failed\n"
      })
  void leadIn_isFollowedByItsItemsEachOnALine(String text) {
    List<Chunk> chunks = chunks(text);
    answer("What phases of a pod exist?", chunks, chunks.getFirst());
    assertThat(draft.text())
        .contains("These phases of a pod exist:\n- pending\n- running\n- failed");
  }

  @Test
  void stepsOfANumberedList_areAllQuotedWithTheirNumbers() {
    List<Chunk> chunks =
        chunks(
            "Mills are old.\n\n"
                + "To repair a mill, do this:\n\n"
                + "1. Stop the mill's wheel.\n"
                + "2. Open the hatch:\n\n"
                + "   ```\n"
                + "   hatch open\n"
                + "   ```\n"
                + "3. Replace the cog.\n\n"
                + "Be happy.");
    answer("How do I repair a mill?", chunks, chunks.toArray(Chunk[]::new));
    assertThat(draft.text())
        .contains(
            "To repair a mill, do this:\n"
                + "1. Stop the mill's wheel.\n"
                + "2. Open the hatch:\n"
                + "hatch open\n"
                + "3. Replace the cog.");
  }

  @Test
  void nestedItem_isQuotedBelowTheItemsAbove() {
    List<Chunk> chunks =
        chunks("Trees are of these kinds:\n\n- Conifers\n  - The pine has long needles.\n- Oaks\n");
    answer("Which tree has long needles, the pine?", chunks, chunks.getFirst());
    assertThat(draft.text())
        .contains("Trees are of these kinds:\n- Conifers\n  - The pine has long needles.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The wheel drives the mill. This needs eleven buckets of water a day.",
        "The wheel drives the mill.\n\nThis needs eleven buckets of water a day.",
        "- The wheel drives the mill. This needs eleven buckets of water a day.",
        "Look: the wheel drives the mill. These need eleven buckets of water a day.",
        "A. B.\n\n## Water\n\nThe wheel drives the mill. That takes eleven buckets of water a day."
      })
  void sentenceThatBeginsWithThis_bringsItsSubject(String text) {
    List<Chunk> chunks = chunks(text);
    new ExtractiveWriter(1, TestExecution.SHARED.compute())
        .write(
            assignment("How many buckets of water a day?", chunks, chunks.toArray(Chunk[]::new)),
            Call.UNLIMITED,
            draft);
    assertThat(draft.text())
        .containsPattern("(?i)the wheel drives the mill\\. Th.* eleven buckets");
    assertThat(Passages.quoteOf(draft.citations().getFirst())).contains("eleven");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The ports of the server are:\n\n## Next\n\nOther things are said here.",
        "The ports of the server are:",
        "| Port of the server |\n|---|\n\nOther things are said here.",
        "Mind the ports of the server:\n\n***\n\nOther things are said here.",
        "1. The ports of the server are:\n2. Other things are said here."
      })
  void whatAnnouncesNothingAtHand_isNotQuoted(String text) {
    List<Chunk> chunks = chunks(text);
    answer("What are the ports of the server?", chunks, chunks.toArray(Chunk[]::new));
    assertThat(draft.text()).doesNotEndWith(":").isNotEqualTo("Port of the server");
  }

  private static Chunk holding(List<Chunk> chunks, String text) {
    return chunks.stream().filter(c -> c.text().contains(text)).findFirst().orElseThrow();
  }

  private void answer(String question, List<Chunk> document, Chunk... found) {
    var _ =
        new ExtractiveWriter(TestExecution.SHARED.compute())
            .write(assignment(question, document, found), Call.UNLIMITED, draft);
    assertThat(draft.text()).doesNotEndWith(":");
    for (Citation citation : draft.citations()) {
      assertThat(citation.chunk().range().contains(citation.quote())).isTrue();
      assertThat(citation.quoteDigest()).isEqualTo(Sha256.of(Passages.quoteOf(citation)));
    }
  }

  private static Assignment assignment(String question, List<Chunk> document, Chunk... found) {
    List<Passage> passages = new ArrayList<>();
    Map<ChunkId, Chunk> announcing = new HashMap<>();
    for (Chunk chunk : found) {
      int rank = passages.size() + 1;
      passages.add(new Passage(rank, chunk, describe(chunk), new Scores(null, null, null, 1)));
      for (LeadIn leadIn : chunk.leadIns()) {
        announcing.put(document.get(leadIn.chunk()).id(), document.get(leadIn.chunk()));
      }
    }
    passages.forEach(passage -> announcing.remove(passage.chunk().id()));
    Grounds grounds =
        new Grounds(
            GroundingSettings.DEFAULT,
            false,
            null,
            null,
            CosineScale.NONE,
            Map.of(),
            Map.of(),
            announcing);
    Retrieval retrieval =
        new Retrieval(
            passages,
            false,
            List.of(),
            List.of(),
            null,
            List.of(),
            null,
            GenerationSettings.NONE,
            grounds);
    return new Assignment(question, retrieval, List.of(), GenerationSettings.NONE);
  }

  private static Document describe(Chunk chunk) {
    return new Document(
        chunk.id().document(),
        "Doc",
        "",
        MediaType.MARKDOWN,
        Language.ENGLISH,
        1,
        chunk.revision(),
        1,
        Instant.EPOCH,
        "etag");
  }

  /** A document's chunks as they are stored. */
  private static List<Chunk> chunks(String content) {
    ParsedDocument parsed =
        new StandardDocumentParser().parse(content.getBytes(UTF_8), MediaType.MARKDOWN);
    List<ChunkDraft> drafts = new ArrayList<>();
    Chunkers.create(new Chunking.Structure(40), text -> text.split("[\\s|]+").length, 80)
        .chunks(parsed, "Doc")
        .forEachRemaining(drafts::add);
    List<Chunk> chunks = new ArrayList<>();
    for (ChunkDraft draft : drafts) {
      List<LeadIn> leadIns =
          draft.announcements().stream()
              .map(
                  it ->
                      new LeadIn(
                          it.kind(),
                          (int)
                                  drafts.stream()
                                      .filter(d -> d.span().start() <= it.span().start())
                                      .count()
                              - 1,
                          draft.source().bytes(it.span().start(), it.span().end()),
                          draft.shown(it)))
              .toList();
      chunks.add(
          new Chunk(
              new ChunkId(new DocumentId("doc"), chunks.size()),
              Sha256.of(content),
              draft.text(),
              draft.range(),
              draft.headingPath(),
              leadIns,
              draft.reading()));
    }
    return chunks;
  }
}
