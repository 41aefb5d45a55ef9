package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code rag demo}, in a temporary folder of its own that shows what it leaves behind. */
class DemoIT {
  private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

  @TempDir private Path temporary;
  @TempDir private Path output;

  @Test
  void demo_answersWithSourcesAndLeavesNothing() throws Exception {
    try (RunningRag demo = start("demo")) {
      Rag.Result result = demo.result();

      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.out())
          .containsPattern("(?m)^> \\S.*\\?$")
          .containsPattern("(?m)^[A-Z].* \\[1\\]")
          .contains("Sources:")
          .containsPattern("(?m)^\\[1\\] .*, bytes \\d+-\\d+$")
          .contains("rag serve", "rag ingest ", "rag ask ");
      assertThat(result.err()).doesNotContain("Exception", "\tat ");
    }
    assertNothingIsLeft(List.of());
  }

  @Test
  void demo_withQuestion_answersIt() throws Exception {
    try (RunningRag demo = start("demo", "What", "does", "the", "support number mean?")) {
      Rag.Result result = demo.result();

      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.out())
          .contains("> What does the support number mean?", "share of the claim's words", "[1]");
    }
    assertNothingIsLeft(List.of());
  }

  @ParameterizedTest
  @CsvSource({"starting a server, false", "starting a server, true", "ingesting, false"})
  void demo_interrupted_tidiesUp(String moment, boolean wholeGroup) throws Exception {
    List<ProcessHandle> started;
    try (RunningRag demo = start("demo")) {
      demo.awaitErr(moment);
      started = demo.processes();
      if (wholeGroup) {
        demo.interruptAll();
      } else {
        demo.interrupt();
      }
      Rag.Result result = demo.result();

      assertThat(result.exitCode()).as(result.err()).isEqualTo(130);
      assertThat(result.err()).doesNotContain("Exception", "\tat ");
    }
    assertNothingIsLeft(started);
  }

  private RunningRag start(String... arguments) {
    return RunningRag.start(
        output, Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary), arguments);
  }

  private void assertNothingIsLeft(List<ProcessHandle> started) throws IOException {
    List<ProcessHandle> living = new ArrayList<>(started);
    // A demonstration's server says its temporary store on its command line.
    ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").contains(temporary.toString()))
        .forEach(living::add);
    for (ProcessHandle process : living) {
      // Told to stop, it may still be at it when the demonstration itself has ended.
      assertThat(process.onExit()).as("process " + process.pid()).succeedsWithin(LONGEST_STOP);
    }
    try (Stream<Path> files = Files.list(temporary)) {
      assertThat(files).isEmpty();
    }
  }
}
