package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the distribution makes of the machine around it. */
class SurroundingsIT {
  private static final String READ_ONLY_TMP =
      """
      mount -t tmpfs -o ro tmpfs /tmp &&
      exec "$0" serve --port 0 --port-file "$FOLDER/port" --store "$FOLDER/store"
      """;

  @TempDir Path store;

  @Test
  @EnabledOnOs(OS.LINUX)
  void serve_onLinux_usesNettysNativeTransport() throws IOException {
    try (ServerProcess server = ServerProcess.start(store, Map.of());
        Stream<String> mapped = Files.lines(Path.of("/proc/" + server.process().pid() + "/maps"))) {
      assertThat(mapped)
          .anyMatch(line -> line.contains("io_grpc_netty_shaded_netty_transport_native_epoll"));
    }
  }

  @Test
  void serversClassPath_nettysNativeLibraries_areInOneJar() throws IOException {
    Path libraries = Rag.launcher().resolveSibling("lib");
    List<String> jars;
    try (JarFile server = new JarFile(libraries.resolve("rag-server-0.1.0.jar").toFile())) {
      String classPath = server.getManifest().getMainAttributes().getValue("Class-Path");
      jars = Arrays.asList(classPath.split(" ", -1));
    }
    List<String> holders = new ArrayList<>();
    for (String name : jars) {
      try (JarFile jar = new JarFile(libraries.resolve(name).toFile())) {
        if (jar.stream().anyMatch(entry -> entry.getName().startsWith("META-INF/native/lib"))) {
          holders.add(name);
        }
      }
    }
    assertThat(holders).singleElement().asString().startsWith("grpc-netty-shaded-");
  }

  @Test
  void serve_unknownVariable_isRefusedWithTheNearest() {
    Rag.Result result =
        Rag.run(
            Map.of("RAGLINE_STOR_TOKEN", "hush"), "serve", "--port", "0", "--store", store + "/x");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(Commands.said(result))
        .containsExactly(
            "rag: the environment's RAGLINE_STOR_TOKEN is not known; did you mean"
                + " RAGLINE_STORE_TOKEN?");
  }

  @Test
  void serve_temporaryFolderReadOnly_worksBesideTheStoreAndSaysSo() throws Exception {
    Commands.assumeWorks(
        "mounts in a namespace are not permitted here (unshare -rm)",
        "unshare",
        "-rm",
        "mount",
        "-t",
        "tmpfs",
        "-o",
        "ro",
        "tmpfs",
        "/tmp");
    Path root = Rag.root().toRealPath();
    assumeFalse(root.startsWith("/tmp"), "the distribution itself is below /tmp");
    Path folder = Files.createTempDirectory(root.resolve("target"), "read-only-tmp");
    Process server =
        Commands.start(
            folder,
            Map.of("FOLDER", folder.toString(), "TMPDIR", "/tmp"),
            List.of("unshare", "-rm", "sh", "-c", READ_ONLY_TMP, Rag.launcher().toString()));
    try {
      Waiting.until(
          "the server answers", () -> Files.exists(folder.resolve("port")) || !server.isAlive());
      String said = Rag.read(folder.resolve("err"));
      assertThat(server.isAlive()).as(said).isTrue();
      assertThat(said)
          .containsOnlyOnce("/tmp")
          .contains("rag: /tmp cannot be written; temporary files go to " + folder);
      Map<String, String> address =
          Map.of("RAGLINE_SERVER", "127.0.0.1:" + Files.readString(folder.resolve("port")).strip());
      String guide = Rag.root().resolve("docs/guide").toString();
      assertThat(Rag.run(address, "ingest", guide, "--corpus", "guide").exitCode()).isZero();
      assertThat(Rag.run(address, "ask", "What is a citation?", "--corpus", "guide").out())
          .contains("[1]");
    } finally {
      server.destroy();
      assertThat(server.waitFor()).isZero();
      Scratch.remove(folder);
    }
  }
}
