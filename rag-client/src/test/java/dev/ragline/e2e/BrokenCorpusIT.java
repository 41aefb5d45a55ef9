package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage of one corpus stays with it: the server starts, and serves all others. */
class BrokenCorpusIT {
  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void ingest() throws IOException {
    data = folder.resolve("data");
    Path documents = folder.resolve("documents");
    OwnDocuments.write(documents);
    String one = documents.resolve("runbook.md").toString();
    try (ServerProcess server = ServerProcess.start(data, Map.of())) {
      for (String corpus : new String[] {"bad-settings", "fine", "no-segments"}) {
        Rag.Result ingested = server.rag("ingest", one, "--corpus", corpus);
        assertThat(ingested.exitCode()).as(ingested.err()).isZero();
      }
    }
    assertThat(check().exitCode()).isZero();
  }

  private Rag.Result check(String... more) {
    String[] command = new String[4 + more.length];
    System.arraycopy(new String[] {"store", "check", "--store", data.toString()}, 0, command, 0, 4);
    System.arraycopy(more, 0, command, 4, more.length);
    return Rag.run(Map.of(), command);
  }

  private void damage() throws IOException {
    Files.writeString(data.resolve("corpora/bad-settings/corpus.json"), "{");
    try (var files = Files.list(data.resolve("corpora/no-segments/index"))) {
      for (Path file : files.filter(f -> f.toString().contains("segments_")).toList()) {
        Files.delete(file);
      }
    }
    Files.createDirectory(data.resolve("corpora/lost+found"));
  }

  @Test
  void serve_twoDamagedCorpora_servesTheThirdAndListsAndDeletesThem() throws IOException {
    damage();
    try (ServerProcess server = ServerProcess.start(data, Map.of())) {
      assertThat(Health.of(server)).isEqualTo(ServingStatus.SERVING);
      Rag.Result list = server.rag("corpus", "list");
      assertThat(list.exitCode()).as(list.err()).isZero();
      assertThat(list.out()).containsPattern("bad-settings +- ").containsPattern("fine +1 ");
      assertThat(Commands.said(list))
          .containsExactly(
              "rag: corpus bad-settings is broken: its settings are damaged",
              "rag: corpus no-segments is broken: its index is missing, or lacks its list of"
                  + " segments");
      Rag.Result found = server.rag("search", "Where are backups kept?", "--corpus", "fine");
      assertThat(found.out()).contains("cold bucket");
      Rag.Result refused =
          server.rag("search", "Where are backups kept?", "--corpus", "no-segments");
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err()).contains("corpus no-segments is broken", "CORPUS_BROKEN");
      assertThat(server.rag("corpus", "show", "bad-settings").out()).contains("broken");
      for (String corpus : new String[] {"bad-settings", "no-segments"}) {
        assertThat(server.rag("corpus", "delete", corpus).exitCode()).isZero();
      }
      assertThat(Commands.said(server.rag("corpus", "list"))).isEmpty();
    }
    assertThat(check().exitCode()).isZero();
  }

  @Test
  void check_damagedCorpora_namesEachAndWhatMayBeDone() throws IOException {
    damage();
    Rag.Result text = check();
    assertThat(text.exitCode()).as(text.err()).isEqualTo(1);
    assertThat(text.lines())
        .contains("lost+found: not Ragline's; it is passed over")
        .anyMatch(line -> line.startsWith("fine: whole, 1 document in "))
        .anyMatch(line -> line.startsWith("bad-settings: its settings are damaged; restore it"))
        .anyMatch(line -> line.endsWith("or delete it with: rag corpus delete no-segments"));
    Rag.Result json = check("--json");
    assertThat(json.exitCode()).isEqualTo(1);
    assertThat(json.out())
        .contains("{\"corpus\":\"corpora/bad-settings\",\"state\":\"DAMAGED\",")
        .contains("{\"corpus\":\"corpora/fine\",\"state\":\"WHOLE\",\"documents\":1,");
    assertThat(check("--nonsense").exitCode()).isEqualTo(2);
    Rag.Result copy =
        Rag.run(
            Map.of(),
            "corpus",
            "copy",
            "--from",
            data.toString(),
            "--to",
            folder.resolve("rescue").toString());
    assertThat(copy.exitCode()).isEqualTo(1);
    assertThat(copy.out()).startsWith("fine: 1 document (");
    assertThat(copy.err()).contains("corpus bad-settings is broken");
  }

  @Test
  void check_storeThatIsNotThereOrServed_saysSo() {
    Path none = folder.resolve("none");
    Rag.Result absent = Rag.run(Map.of(), "store", "check", "--store", none.toString());
    assertThat(absent.exitCode()).isEqualTo(1);
    assertThat(Commands.said(absent)).containsExactly("rag: there is no store in " + none);
    assertThat(Files.exists(none)).isFalse();
    try (ServerProcess _ = ServerProcess.start(data, Map.of())) {
      Rag.Result served = check();
      assertThat(served.exitCode()).isEqualTo(1);
      assertThat(served.err()).contains("STORE_LOCKED");
    }
  }
}
