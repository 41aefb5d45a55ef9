package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorIT {
  @TempDir Path folder;

  @Test
  void doctor_bundledModelAndFolder_printsATableAndLeavesNothing() {
    Rag.Result result = Rag.run(Map.of(), "doctor", "--store", folder.resolve("data").toString());

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(Commands.said(result)).isEmpty();
    assertThat(result.lines().getFirst()).startsWith("WHAT ").contains(" ANSWERS ", " POOLING ");
    assertThat(result.lines()).anyMatch(line -> line.startsWith("embedding ")).hasSize(5);
    assertThat(result.out()).endsWith("All answer.\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void doctor_besideAServer_saysThatTheStoreIsInUse() {
    try (ServerProcess server = ServerProcess.start(folder.resolve("data"), Map.of())) {
      Rag.Result result = Rag.run(Map.of(), "doctor", "--store", folder.resolve("data").toString());

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.out())
          .contains("in use by process " + server.process().pid() + " ", "(STORE_LOCKED)");
      assertThat(server.rag("corpus", "list").exitCode()).isZero();
    }
  }
}
