package dev.ragline.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a test needs beyond this repository, and what becomes of the test without it. */
public final class Requirements {
  private Requirements() {}

  /** A folder of sample data; without it the test is skipped. */
  public static Path data(String folder) {
    Optional<Path> data = dataIfThere(folder);
    assumeTrue(
        data.isPresent(),
        "sample data " + folder + " is not there; RAGLINE_TEST_DATA says where to look");
    return data.orElseThrow();
  }

  /** A folder of sample data, where it is there. */
  static Optional<Path> dataIfThere(String folder) {
    String configured = System.getenv("RAGLINE_TEST_DATA");
    Path data =
        configured != null ? Path.of(configured) : Rag.root().resolve("../shared/data").normalize();
    return Optional.of(data.resolve(folder)).filter(Files::isDirectory);
  }
}
