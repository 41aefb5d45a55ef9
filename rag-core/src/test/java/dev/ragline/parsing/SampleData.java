package dev.ragline.parsing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Real documents beside the repository; a test that wants them is skipped where they are missing.
 */
public final class SampleData {
  private SampleData() {}

  /** The Markdown files below a folder, sorted. */
  public static List<Path> markdown(String folder) {
    String configured = System.getenv("RAGLINE_TEST_DATA");
    Path data =
        configured != null
            ? Path.of(configured)
            : Path.of(System.getProperty("ragline.root", "."), "..", "shared", "data");
    Path root = data.resolve(folder);
    assumeTrue(Files.isDirectory(root), "sample data " + folder + " is not there");
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
