package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The files in {@code docker/}, loaded by Docker Compose's own loader, which is written in Go. */
class ComposeFileIT {
  @Test
  void composeFiles_loadedAsComposeDoes_holdWhatTheirTestsSay() {
    String tests = Rag.root().resolve("rag-client/src/test/go/compose").toString();
    Commands.assumeWorks(
        "Go 1.24 or later is not there, or cannot fetch modules; install golang",
        "go",
        "-C",
        tests,
        "mod",
        "download");

    Rag.Result result =
        Commands.run(Map.of(), List.of("go", "-C", tests, "test", "-count=1", "./..."));

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
  }
}
