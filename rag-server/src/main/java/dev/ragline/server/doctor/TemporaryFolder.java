package dev.ragline.server.doctor;

import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that is removed again with all that is in it.
 *
 * @param path where it is
 */
record TemporaryFolder(Path path) implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TemporaryFolder.class);

  /**
   * Makes one where a folder is to be: in it, or in the nearest one above it that is there.
   *
   * @throws RagException FAILED_PRECONDITION where that cannot be written
   */
  static TemporaryFolder at(Path folder) {
    Path above = folder.toAbsolutePath().normalize();
    while (!Files.exists(above) && above.getParent() != null) {
      above = above.getParent();
    }
    try {
      return new TemporaryFolder(Files.createTempDirectory(above, ".ragline-doctor-"));
    } catch (IOException e) {
      String problem =
          Files.isDirectory(above) ? above + " cannot be written" : above + " is not a folder";
      throw new RagException(
          ErrorCode.FAILED_PRECONDITION,
          "STORE_FOLDER",
          "the store's folder %s cannot be used: %s".formatted(folder, problem),
          e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> below = Files.walk(path)) {
      List<Path> deepestFirst = below.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      log.warn("{} was left behind: {}", path, e.getMessage());
    }
  }
}
