package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
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
  private static final Path ENVIRONMENT = Rag.root().resolve("rag-client/target/python");
  private static final Path PYTHON = ENVIRONMENT.resolve("bin/python");
  private static final long LONGEST_MINUTES = 5;

  @TempDir private static Path folder;
  private static ServerProcess server;

  @BeforeAll
  static void start() throws Exception {
    Requirements.tool(
        isPython(), "Python 3.10 or later is not there; install python3 with its venv module");
    install();
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
    command.add(PYTHON.toString());
    command.add(PROGRAMS.resolve("main_job.py").toString());
    command.add(server.address());
    command.addAll(List.of(how));

    Rag.Result result = run(command);

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.lines()).endsWith("done");
  }

  private static boolean isPython() throws Exception {
    try {
      return run(List.of("python3", "-c", "import sys, venv; sys.exit(sys.version_info < (3, 10))"))
              .exitCode()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Installs the packages into a folder of the build, once for each list of them. */
  private static void install() throws Exception {
    Path wanted = PROGRAMS.resolve("requirements.txt");
    Path installed = ENVIRONMENT.resolve("requirements.txt");
    if (Files.exists(installed) && Files.mismatch(wanted, installed) < 0) {
      return;
    }
    Rag.Result made = run(List.of("python3", "-m", "venv", "--clear", ENVIRONMENT.toString()));
    Requirements.tool(
        made.exitCode() == 0, "python3 -m venv does not work; install python3-venv: " + made.err());
    Rag.Result filled =
        run(List.of(PYTHON.toString(), "-m", "pip", "install", "-q", "-r", wanted.toString()));
    Requirements.tool(
        filled.exitCode() == 0, "pip cannot install requirements.txt: " + filled.err());
    Files.copy(wanted, installed);
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
