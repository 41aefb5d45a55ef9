package dev.ragline.store.lucene;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ragline.document.RagException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ownership of a folder, as a lock of the operating system on {@code ragline.lock}: it ends with
 * the process, however that ends. The file says who owns it.
 */
final class StoreLock implements AutoCloseable {
  /**
   * Folders owned by this process. POSIX gives up a process's lock on a file when any of its
   * descriptors of that file is closed, so a second attempt must not even open it.
   */
  private static final Set<Path> OWNED = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private StoreLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes ownership.
   *
   * @param folder an existing folder, free of links
   * @param asGiven how the user calls it, for the message
   * @throws RagException UNAVAILABLE when it has an owner
   */
  static StoreLock take(Path folder, Path asGiven) throws IOException {
    if (!OWNED.add(folder)) {
      throw locked(asGiven, "this process, " + ProcessHandle.current().pid());
    }
    try {
      Path file = folder.resolve("ragline.lock");
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        FileLock lock = channel.tryLock();
        if (lock == null) {
          throw locked(asGiven, Files.readString(file, UTF_8).strip());
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((self() + "\n").getBytes(UTF_8)), 0);
        return new StoreLock(folder, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      OWNED.remove(folder);
      throw e;
    }
  }

  private static RagException locked(Path asGiven, String owner) {
    return RagException.unavailable(
        "STORE_LOCKED",
        "the store's folder %s is in use by %s"
            .formatted(asGiven, owner.isEmpty() ? "another process" : owner),
        Duration.ofSeconds(1),
        null);
  }

  private static String self() {
    ProcessHandle process = ProcessHandle.current();
    String since = process.info().startInstant().map(Instant::toString).orElse("unknown");
    return "process %d on host %s, started %s".formatted(process.pid(), host(), since);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      OWNED.remove(folder);
    }
  }
}
