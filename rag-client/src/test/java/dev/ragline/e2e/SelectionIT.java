package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.client.RagClient;
import dev.ragline.v1.AbstainReason;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerState;
import dev.ragline.v1.Passage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is chosen of what was found and given around it, by the command line and the real model. */
class SelectionIT {
  private static final String QUESTION = "How long are backups kept?";

  /** A section of three chunks, each of a few sentences. */
  private static final String RUNBOOK =
      """
      # Runbook

      ## Backups

      Größe zählt: backups are written to the cold bucket in Oulu every night, and the night shift looks whether \
      they are whole.

      <!-- reviewed -->

      Backups are kept for 30 days. After that they are deleted by a job of the storage team, which runs at noon.

      Nobody may restore a backup alone: two people of the team on duty sign the request, and the vault logs it.

      ## Lunch

      Lunch is served at noon in the canteen.
      """;

  @TempDir private static Path folder;
  private static ServerProcess server;
  private static RagClient client;
  private static MainJob job;

  @BeforeAll
  static void start() throws IOException {
    Path documents = Files.createDirectory(folder.resolve("documents"));
    Files.writeString(documents.resolve("runbook.md"), RUNBOOK);
    Files.writeString(documents.resolve("copy.md"), RUNBOOK);
    Files.writeString(documents.resolve("other.md"), "The retention of logs is 90 days.");
    server = ServerProcess.start(folder.resolve("store"), Map.of());
    client = RagClient.builder(server.address()).build();
    job = new MainJob(server, "selection");
    var _ = job.ingest(documents, "--chunking", "structure", "--max-tokens", "40");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      client.close();
      server.close();
    }
  }

  @Test
  void search_collapse_namesTheCopy() {
    List<Passage> all = job.passages(QUESTION, 4);
    assertThat(all.get(0).getChunk().getText()).isEqualTo(all.get(1).getChunk().getText());

    List<Passage> collapsed = job.passages(QUESTION, 4, "--collapse");

    assertThat(collapsed.getFirst().getChunk()).isEqualTo(all.getFirst().getChunk());
    assertThat(collapsed.getFirst().getCollapsedList())
        .containsExactly(all.get(1).getChunk().getName());
    assertThat(collapsed)
        .extracting(passage -> passage.getChunk().getText())
        .doesNotHaveDuplicates();
    assertThat(server.rag("search", QUESTION, "--corpus", "selection", "--collapse").out())
        .contains("stands for " + all.get(1).getChunk().getName());
  }

  @Test
  void search_maxPerDocumentAndMmr_bringOtherDocuments() {
    List<Passage> each = job.passages(QUESTION, 3, "--max-per-document", "1");
    assertThat(each).extracting(passage -> passage.getDocument().getName()).doesNotHaveDuplicates();
    assertThat(each).hasSize(3);

    List<Passage> diverse = job.passages(QUESTION, 2, "--mmr", "0.3");
    assertThat(diverse.get(0)).isEqualTo(job.passages(QUESTION, 1).getFirst());
    assertThat(diverse.get(1).getChunk().getText())
        .isNotEqualTo(diverse.get(0).getChunk().getText());
  }

  @Test
  void search_section_isTheBytesOfTheRevision() {
    List<Passage> found =
        job.passages(QUESTION, 2, "--section", "--expand-tokens", "300", "--collapse");

    Passage section = found.getFirst();
    assertThat(section.getChunk().getText()).startsWith("Backups are kept");
    assertThat(section.getExpanded().getText())
        .startsWith("# Runbook")
        .contains("Größe zählt", "<!-- reviewed -->")
        .endsWith("the vault logs it.");
    assertThat(section.getExpanded().getChunksCount()).isEqualTo(3);
    found.forEach(passage -> Citations.checkPassage(client, passage));

    Passage next = job.passages(QUESTION, 1, "--neighbors", "1").getFirst();
    Citations.checkPassage(client, next);
    assertThat(next.getExpanded().getChunksCount()).isEqualTo(3);
    assertThat(server.rag("search", QUESTION, "--corpus", "selection", "--section").out())
        .contains("with what stands around it: bytes 0-", "3 chunks");
  }

  @Test
  void search_byDefault_isTheChunkAlone() {
    assertThat(job.passages(QUESTION, 5))
        .noneMatch(passage -> passage.hasExpanded() || passage.getCollapsedCount() > 0);
  }

  @Test
  void ask_byDefault_seesTheSectionAndCitesItsChunks() {
    Answer answer = job.checkedAnswer(client, "Who signs the request to restore a backup?");

    assertThat(answer.getText()).contains("two people");
    assertThat(answer.getPassagesList()).anyMatch(Passage::hasExpanded);
    assertThat(answer.getStagesList()).anyMatch(stage -> stage.getName().equals("select"));
  }

  @Test
  void ask_minScoreAboveAll_abstains() {
    Rag.Result result =
        server.rag("ask", QUESTION, "--corpus", "selection", "--json", "--min-score", "1000");

    Answer answer = StreamLaws.checkWhole(Output.events(result));
    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(answer.getState()).isEqualTo(AnswerState.ANSWER_STATE_ABSTAINED);
    assertThat(answer.getAbstainReason())
        .isEqualTo(AbstainReason.ABSTAIN_REASON_NO_RELEVANT_PASSAGE);
    assertThat(answer.getPassagesList()).isEmpty();
  }
}
