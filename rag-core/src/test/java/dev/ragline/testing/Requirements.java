package dev.ragline.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/** What a test needs beyond this repository, and what becomes of the test without it. */
public final class Requirements {
  private Requirements() {}

  /** A tool; without it the test is skipped on a laptop, and fails where CI is true. */
  public static void tool(boolean there, String advice) {
    if (!there && "true".equals(System.getenv("CI"))) {
      throw new AssertionError(advice);
    }
    assumeTrue(there, advice);
  }

  /** The repository's root. */
  public static Path root() {
    return Path.of(System.getProperty("ragline.root", ".")).toAbsolutePath().normalize();
  }
}
