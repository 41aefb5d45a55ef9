package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockIT {
  @TempDir Path store;

  @Test
  void serve_folderInUse_namesTheOwnerAndEnds() {
    try (ServerProcess owner = ServerProcess.start(store, Map.of())) {
      Rag.Result second = Rag.run(Map.of(), "serve", "--port", "0", "--store", store.toString());
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(Commands.said(second)).hasSize(1);
      assertThat(Commands.said(second).getFirst())
          .startsWith("rag: ")
          .contains("in use by process " + owner.process().pid() + " ", "(STORE_LOCKED)");
      assertThat(second.out()).isEmpty();
      assertThat(owner.rag("corpus", "list").exitCode()).isZero();
    }
    try (ServerProcess next = ServerProcess.start(store, Map.of())) {
      assertThat(next.rag("corpus", "list").exitCode()).isZero();
    }
  }
}
