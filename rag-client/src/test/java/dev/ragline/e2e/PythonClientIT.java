package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.testing.PythonEnvironment;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The protocol from another language, with what any team would use to speak it. */
class PythonClientIT {
  private static final Path PROGRAMS = Rag.root().resolve("rag-client/src/test/python");
  private static final long LONGEST_MINUTES = 5;

  @TempDir private static Path folder;
  private static Path python;
  private static ServerProcess server;

  @BeforeAll
  static void start() throws Exception {
    python = PythonEnvironment.of(PROGRAMS.resolve("requirements.txt"), 10).python();
    server = ServerProcess.start(folder.resolve("store"), Map.of());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void mainJob_generatedStubs_holds() throws Exception {
    Path protos = Rag.root().resolve("proto");
    check(
        "--protos",
        protos.resolve("src/main/proto").toString(),
        protos.resolve("target/imports").toString());
  }

  @Test
  void mainJob_serverReflection_holds() throws Exception {
    check("--reflection");
  }

  private static void check(String... how) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(python.toString());
    command.add(PROGRAMS.resolve("main_job.py").toString());
    command.add(server.address());
    command.addAll(List.of(how));

    Rag.Result result = run(command);

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.lines()).endsWith("done");
  }

  private static Rag.Result run(List<String> command) throws Exception {
    File out = File.createTempFile("python", ".out", folder.toFile());
    File err = File.createTempFile("python", ".err", folder.toFile());
    Process process = new ProcessBuilder(command).redirectOutput(out).redirectError(err).start();
    if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", command) + " did not end");
    }
    return new Rag.Result(process.exitValue(), Rag.read(out.toPath()), Rag.read(err.toPath()));
  }
}
