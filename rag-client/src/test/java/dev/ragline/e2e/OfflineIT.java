package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of ours needs a network, and nothing tries to reach one. */
class OfflineIT {
  @TempDir Path folder;

  @Test
  void demo_withoutANetwork_works() {
    Commands.assumeWorks(
        "network namespaces are not permitted here (unshare -rn)", "unshare", "-rn", "true");
    Rag.Result demo =
        Commands.run(
            Map.of(),
            List.of(
                "unshare",
                "-rn",
                "sh",
                "-c",
                "ip link set lo up && exec \"$0\" demo",
                Rag.launcher().toString()));
    assertThat(demo.exitCode()).as(demo.out() + demo.err()).isZero();
    assertThat(demo.out()).contains("[1]");
  }

  @Test
  void wholeRun_traced_connectsToLoopbackOnly() throws Exception {
    Commands.assumeWorks(
        "strace is not there or not permitted; install it, for example: apt-get install strace",
        "strace",
        "-e",
        "trace=connect",
        "true");
    Path portFile = folder.resolve("port");
    List<String> serve =
        List.of("serve", "--port", "0", "--port-file", portFile.toString(), "--store");
    Process server = startTraced(Stream.concat(serve.stream(), Stream.of(store())).toList());
    try {
      while (!Files.exists(portFile)) {
        assertThat(server.waitFor(50, TimeUnit.MILLISECONDS)).as("the server ended").isFalse();
      }
      String address = "127.0.0.1:" + Files.readString(portFile).strip();
      String documents = Rag.root().resolve("docs/guide").toString();
      traced(address, "chunks added", "ingest", documents, "--corpus", "guide");
      traced(address, "[1]", "ask", "What is a citation?", "--corpus", "guide");
      traced(address, "citations.md", "search", "What is a citation?", "--corpus", "guide");
    } finally {
      // The tracer ends with what it traces.
      server.descendants().forEach(ProcessHandle::destroy);
      assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    for (String command : List.of("serve", "ingest", "ask", "search")) {
      List<String> connects = connects(command);
      assertThat(connects)
          .as(command)
          .allMatch(
              line ->
                  line.contains("sa_family=AF_UNIX")
                      || line.contains("inet_addr(\"127.0.0.1\")")
                      || line.contains("\"::1\"")
                      || line.contains("\"::ffff:127.0.0.1\"")
                      || line.contains("sa_family=AF_UNSPEC"));
    }
    assertThat(connects("ask")).as("the trace sees connects").isNotEmpty();
  }

  private String store() {
    return folder.resolve("store").toString();
  }

  private List<String> trace(List<String> arguments) {
    List<String> command = new ArrayList<>();
    String output = folder.resolve("connect." + arguments.getFirst()).toString();
    command.addAll(List.of("strace", "-f", "-qq", "-e", "trace=connect", "-o", output, "--"));
    command.add(Rag.launcher().toString());
    command.addAll(arguments);
    return command;
  }

  private Process startTraced(List<String> arguments) throws IOException {
    return Commands.start(folder, Map.of(), trace(arguments));
  }

  private void traced(String server, String expected, String... arguments) {
    Rag.Result result = Commands.run(Map.of("RAGLINE_SERVER", server), trace(List.of(arguments)));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains(expected);
  }

  private List<String> connects(String command) throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve("connect." + command))) {
      return lines.filter(line -> line.contains("connect(")).toList();
    }
  }
}
