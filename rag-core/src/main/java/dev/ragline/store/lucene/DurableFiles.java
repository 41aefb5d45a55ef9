package dev.ragline.store.lucene;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.apache.lucene.util.IOUtils;

/** Writes small files all at once, so that a crash leaves the old one or the new one. */
final class DurableFiles {
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private DurableFiles() {}

  /** Writes a file. */
  static void write(Path file, byte[] bytes) throws IOException {
    write(file, bytes, new FileAttribute<?>[0]);
  }

  /** Writes a file that nobody but its owner may read, where the system has permissions. */
  static void writePrivately(Path folder, String name, byte[] bytes) throws IOException {
    FileAttribute<?>[] attributes =
        hasPermissions(folder)
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
            : new FileAttribute<?>[0];
    write(folder.resolve(name), bytes, attributes);
  }

  /** Takes a file from all but its owner; returns whether others had it. */
  static boolean takePrivate(Path file) throws IOException {
    if (!hasPermissions(file) || OWNER.containsAll(Files.getPosixFilePermissions(file))) {
      return false;
    }
    Path _ = Files.setPosixFilePermissions(file, OWNER);
    return true;
  }

  private static boolean hasPermissions(Path file) {
    return Files.getFileAttributeView(file, PosixFileAttributeView.class) != null;
  }

  private static void write(Path file, byte[] bytes, FileAttribute<?>[] attributes)
      throws IOException {
    Path draft = file.resolveSibling("~" + file.getFileName());
    try {
      boolean _ = Files.deleteIfExists(draft);
      try (FileChannel channel =
          FileChannel.open(
              draft,
              EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              attributes)) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          int _ = channel.write(rest);
        }
        channel.force(true);
      }
      Path _ = Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      boolean _ = Files.deleteIfExists(draft);
      throw e;
    }
    IOUtils.fsync(file.toAbsolutePath().getParent(), true);
  }
}
