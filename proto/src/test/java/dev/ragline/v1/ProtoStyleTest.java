package dev.ragline.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Holds the protos against buf's lint rules and format; needs {@code buf} on the PATH. */
class ProtoStyleTest {
  private static final String ADVICE =
      "buf is not on the PATH; to check the protos' style: npm install -g @bufbuild/buf@1.75.0";

  @Test
  void lint_allProtos_findsNothing() throws Exception {
    assertThat(buf("lint")).isEmpty();
  }

  @Test
  void format_allProtos_changesNothing() throws Exception {
    assertThat(buf("format", "--diff", "src/main/proto")).isEmpty();
  }

  private static String buf(String... arguments) throws IOException, InterruptedException {
    List<String> command = Stream.concat(Stream.of(find()), Arrays.stream(arguments)).toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    return exit == 0 ? output : output + "\nexit " + exit;
  }

  private static String find() {
    Optional<Path> buf =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(folder -> Path.of(folder, "buf"))
            .filter(Files::isExecutable)
            .findFirst();
    if (buf.isEmpty() && "true".equals(System.getenv("CI"))) {
      fail(ADVICE);
    }
    Assumptions.assumeTrue(buf.isPresent(), ADVICE);
    return buf.orElseThrow().toString();
  }
}
