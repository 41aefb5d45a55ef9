package dev.ragline.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where spools are. They have no names there: what a crash leaves behind is nothing. */
public final class SpoolFolder {
  private final Path folder;

  /**
   * @param folder is made when it is first needed
   */
  public SpoolFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder of this machine for temporary files. */
  public static SpoolFolder temporary() {
    return new SpoolFolder(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * A spool without anything in it.
   *
   * @throws dev.ragline.document.RagException when no file can be made
   */
  public Spool open() {
    try {
      Files.createDirectories(folder);
      Path name = Files.createTempFile(folder, "spool-", ".tmp");
      try {
        return new Spool(new RandomAccessFile(name.toFile(), "rw"), removeNow(name));
      } catch (IOException e) {
        Files.deleteIfExists(name);
        throw e;
      }
    } catch (IOException e) {
      throw Spool.failed(e);
    }
  }

  /**
   * What is left to be done when the file is closed: where open files can lose their names, none.
   */
  private static Spool.Leftover removeNow(Path name) {
    try {
      Files.delete(name);
      return () -> {};
    } catch (IOException _) {
      return () -> Files.deleteIfExists(name);
    }
  }
}
