package dev.ragline.client.cli;

import static dev.ragline.client.cli.CommandLineHarness.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.client.cli.CommandLineHarness.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RagTest {
  private final CommandLineHarness rag = new CommandLineHarness();

  @AfterEach
  void close() {
    rag.close();
  }

  @Test
  void help_ofRag_listsTheCommands() {
    assertGolden("help", rag.run("--help"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ask",
        "eval",
        "ingest",
        "search",
        "serve",
        "doctor",
        "demo",
        "health",
        "completion",
        "answer",
        "verify"
      })
  void help_ofACommand_teachesByExample(String command) {
    assertGolden("help-" + command, rag.run(command, "--help"));
  }

  @Test
  void help_ofTheCorpusCommands_teachesByExample() {
    assertGolden("help-corpus", rag.run("corpus", "--help"));
    assertGolden("help-corpus-copy", rag.run("corpus", "copy", "--help"));
    assertGolden("help-store-check", rag.run("store", "check", "--help"));
  }

  @Test
  void noCommand_showsHelpAsWrongUsage() {
    Ended ended = rag.run();
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("Usage: rag");
    assertThat(rag.run("corpus").exitCode()).isEqualTo(2);
  }

  @Test
  void wrongUsage_isOneLineWithAHint() {
    assertThat(rag.run("ask", "q"))
        .isEqualTo(
            new Ended(
                2, "", "rag: Missing required option: '--corpus=NAME'; see: rag ask --help\n"));
    assertThat(rag.run("serch", "q").err()).contains("did you mean search?");
    assertThat(rag.run("ask", "q", "--corpus", "c", "--limit", "0").exitCode()).isEqualTo(2);
    assertThat(rag.run("ask", " ", "--corpus", "c").exitCode()).isEqualTo(2);
    assertThat(rag.run("ask", "q", "--corpus", "a/b").exitCode()).isEqualTo(2);
    assertThat(rag.run("ask", "q", "--corpus", "c", "--mode", "best").exitCode()).isEqualTo(2);
    assertThat(rag.run("ask", "q", "--corpus", "c", "--timeout", "0s").exitCode()).isEqualTo(2);
    assertThat(rag.run("ask", "q", "--corpus", "c", "--timeout", "soon").exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "localhost:", "localhost:0", "localhost:65536", ":1", "a b:1"})
  void server_notHostAndPort_isWrongUsage(String server) {
    assertThat(rag.run("corpus", "list", "--server", server).exitCode()).isEqualTo(2);
  }

  @Test
  void server_notThere_exitsWith3AndSaysHowToStartOne() {
    rag.server.close();

    assertGolden("unreachable", rag.run("corpus", "list"));
  }

  @Test
  void completion_isAScriptOverAllCommands() {
    assertThat(rag.run("completion", "zsh").out()).contains("complete", "ingest", "--chunking");
    assertThat(rag.run("completion", "fish").exitCode()).isEqualTo(2);
  }

  @Test
  void demo_withoutTheScript_saysSo() {
    Ended ended = rag.run("demo", "Why?");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("run this command by the rag script");
    assertThat(rag.run("demo", "--port", "1").exitCode()).isEqualTo(2);
  }

  @Test
  void demo_serverThatDiesAtOnce_givesItsLastWords(@TempDir Path home) throws IOException {
    Files.createDirectories(home.resolve("docs/guide"));
    rag.with("RAGLINE_HOME", home.toString())
        .with("RAGLINE_LAUNCHER", script(home, "echo starting; echo the port is taken; exit 1"));

    Ended ended = rag.run("demo");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).endsWith("rag: the server did not start: the port is taken\n");
  }

  @Test
  void serve_handsItsArgumentsToTheLauncher(@TempDir Path home) throws IOException {
    String launcher = script(home, "printf '%s|' \"$@\" >\"" + home + "/seen\"; exit 7");

    Ended ended =
        rag.with("RAGLINE_LAUNCHER", launcher).run("serve", "--port", "0", "--store", "a b");

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(7);
    assertThat(Files.readString(home.resolve("seen"))).isEqualTo("serve|--port|0|--store|a b|");
  }

  @Test
  void corpusCopy_handsItsArgumentsToTheLauncher(@TempDir Path home) throws IOException {
    String launcher = script(home, "printf '%s|' \"$@\" >\"" + home + "/seen\"; exit 3");

    Ended ended =
        rag.with("RAGLINE_LAUNCHER", launcher)
            .run("corpus", "copy", "faq", "--from", "a b", "--to=c", "--json");

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(3);
    assertThat(Files.readString(home.resolve("seen")))
        .isEqualTo("corpus|copy|faq|--from|a b|--to=c|--json|");
  }

  private static String script(Path home, String body) throws IOException {
    Path script = home.resolve("rag");
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script.toString();
  }
}
