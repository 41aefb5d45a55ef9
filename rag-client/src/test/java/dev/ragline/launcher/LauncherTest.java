package dev.ragline.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout of its own. */
@Timeout(60)
class LauncherTest {
  /** Says how it was called; as a server that is trained for it ends at once. */
  private static final String JAVA =
      """
      #!/bin/sh
      printf '%s\\n' "$@"
      """;

  /** Notes what is in the distribution meanwhile, and builds the next one. */
  private static final String MAVEN =
      """
      #!/bin/sh
      cd "$(dirname "$0")/../checkout"
      ls target/ragline/lib >../seen 2>/dev/null
      for argument; do
        case $argument in -Dragline.dist=*) dist=${argument#*=} ;; esac
      done
      mkdir -p "$dist/lib" rag-bench/target
      echo half >"$dist/lib/half.jar"
      if [ -e ../fail ]; then echo '[ERROR] no' && exit 1; fi
      mv "$dist/lib/half.jar" "$dist/lib/new.jar"
      printf '%s' "classes:$dist/lib/new.jar" >rag-bench/target/classpath
      """;

  @TempDir Path folder;
  private Path checkout;
  private Path distribution;

  private record Ended(int exitCode, String out, String err) {}

  @BeforeEach
  void prepare() throws IOException {
    checkout = Files.createDirectory(folder.resolve("checkout"));
    distribution = checkout.resolve("target/ragline");
    Path launcher = Path.of(System.getProperty("ragline.root"), "rag");
    Files.copy(launcher, checkout.resolve("rag"));
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    Files.createDirectories(folder.resolve("jdk/bin"));
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    script(folder.resolve("jdk/bin/java"), JAVA);
    script(Files.createDirectory(folder.resolve("bin")).resolve("mvn"), MAVEN);
  }

  private static void script(Path file, String content) throws IOException {
    Files.writeString(file, content);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** A distribution of a build before, which is older than the sources. */
  private void buildBefore() throws IOException {
    Files.createDirectories(distribution.resolve("lib"));
    Files.writeString(distribution.resolve("lib/old.jar"), "old");
  }

  /** The launcher of a distribution that was copied elsewhere. */
  private Path standalone() throws IOException {
    Path copied = Files.createTempDirectory(folder, "copied");
    Files.createDirectory(copied.resolve("lib"));
    return Files.copy(checkout.resolve("rag"), copied.resolve("rag"));
  }

  /** Runs the launcher with nothing in the environment but this. */
  private Ended run(Path launcher, Map<String, String> environment, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
    builder.environment().put("RAGLINE_JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
    return new Ended(
        process.exitValue(),
        Files.readString(folder.resolve("out")),
        Files.readString(folder.resolve("err")));
  }

  private List<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void serve_withoutAHome_findsAJdkAndStarts() throws Exception {
    Ended ended = run(standalone(), Map.of(), "serve");
    assertThat(ended).extracting(Ended::exitCode, Ended::err).containsExactly(0, "");
    assertThat(ended.out().lines()).contains("serve").noneMatch(flag -> flag.contains("tmpdir"));
  }

  @Test
  void doctor_isRunByTheServersProgram() throws Exception {
    Ended ended = run(standalone(), Map.of(), "doctor", "--json");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("/rag-server-", "\ndoctor\n--json\n");
  }

  @Test
  void build_nextToOneBefore_leavesThatWholeUntilItIsReplaced() throws Exception {
    buildBefore();
    Ended ended = run(checkout.resolve("rag"), Map.of(), "build");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).isEqualTo(distribution + "\n");
    assertThat(Files.readString(folder.resolve("seen"))).isEqualTo("old.jar\n");
    assertThat(names(distribution.resolve("lib"))).containsExactly("new.jar");
    assertThat(names(checkout.resolve("target")))
        .containsExactly(".build-lock", "build.log", "ragline");
    assertThat(checkout.resolve("rag-bench/target/classpath"))
        .hasContent("classes:" + distribution + "/lib/new.jar");
  }

  @Test
  void build_nothingChangedSince_buildsNothing() throws Exception {
    assertThat(run(checkout.resolve("rag"), Map.of(), "build").exitCode()).isZero();
    Files.delete(folder.resolve("seen"));
    assertThat(run(checkout.resolve("rag"), Map.of(), "build").err()).isEmpty();
    assertThat(folder.resolve("seen")).doesNotExist();
  }

  @Test
  void build_thatFails_keepsTheOneBefore() throws Exception {
    buildBefore();
    Files.createFile(folder.resolve("fail"));
    Ended ended = run(checkout.resolve("rag"), Map.of(), "build");
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("[ERROR] no", "the build failed");
    assertThat(names(distribution.resolve("lib"))).containsExactly("old.jar");
    assertThat(names(checkout.resolve("target")))
        .containsExactly(".build-lock", "build.log", "ragline");
  }

  @Test
  void serve_temporaryFolderNotWritable_takesOneBesideTheStore() throws Exception {
    Path yaml = folder.resolve("ragline.yaml");
    Files.writeString(yaml, "store:\n  address: \"" + folder.resolve("c/store") + "\"\n");
    Map<String, String> environment = Map.of("TMPDIR", "/nowhere");
    List<List<String>> ways =
        List.of(
            List.of("a", "--store", folder.resolve("a/store").toString()),
            List.of("b", "--port=0", "--store=" + folder.resolve("b/store")),
            List.of("c", "--config", yaml.toString()),
            List.of("."));
    for (List<String> way : ways) {
      Path expected = folder.resolve(way.getFirst()).resolve(".ragline-tmp");
      List<String> arguments = new ArrayList<>(way);
      arguments.set(0, "serve");
      Ended ended = run(standalone(), environment, arguments.toArray(String[]::new));
      assertThat(ended.exitCode()).as(ended.err()).isZero();
      String place = way.size() == 1 ? "./.ragline-tmp" : expected.toString();
      assertThat(ended.err())
          .isEqualTo("rag: /nowhere cannot be written; temporary files go to " + place + "\n");
      assertThat(ended.out().lines()).contains("-Djava.io.tmpdir=" + place);
      assertThat(expected).isDirectory();
    }
  }

  @Test
  void serve_noPlaceForTemporaryFiles_saysSoInOneLine() throws Exception {
    Map<String, String> environment = Map.of("TMPDIR", "/nowhere");
    Ended ended = run(standalone(), environment, "serve", "--store", "/dev/null/store");
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err().lines()).singleElement().asString().contains("set TMPDIR");
  }

  @Test
  void commands_temporaryFolderGiven_useIt() throws Exception {
    Path given = Files.createDirectory(folder.resolve("given"));
    for (String command : List.of("serve", "ask")) {
      Ended ended = run(standalone(), Map.of("TMPDIR", given.toString()), command);
      assertThat(ended.out().lines()).contains("-Djava.io.tmpdir=" + given);
      assertThat(ended.err()).isEmpty();
    }
  }
}
