package dev.ragline.spool;

import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bytes in a file that is gone when it is closed, or when the process ends. They are added at the
 * end and read anywhere, by any thread: an interrupt does not close it, as it would a channel.
 */
public final class Spool implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Spool.class);
  private static final Duration LATER = Duration.ofSeconds(10);

  private final ReentrantLock lock = new ReentrantLock();
  private final RandomAccessFile file;
  private final Leftover leftover;
  private long size;
  private boolean closed;

  /** What is to be done when the file is closed. */
  @FunctionalInterface
  interface Leftover {
    /** Does it. */
    void remove() throws IOException;
  }

  Spool(RandomAccessFile file, Leftover leftover) {
    this.file = file;
    this.leftover = leftover;
  }

  /** How many bytes there are. */
  public long size() {
    lock.lock();
    try {
      return size;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds bytes; returns where they begin.
   *
   * @throws RagException RESOURCE_EXHAUSTED when the disk takes no more
   */
  public long append(byte[] bytes, int offset, int length) {
    lock.lock();
    try {
      requireOpen();
      long at = size;
      file.seek(at);
      file.write(bytes, offset, length);
      size = at + length;
      return at;
    } catch (IOException e) {
      throw failed(e);
    } finally {
      lock.unlock();
    }
  }

  /** The bytes from {@code offset} on, which must be there. */
  public byte[] read(long offset, int length) {
    byte[] bytes = new byte[length];
    lock.lock();
    try {
      requireOpen();
      if (offset < 0 || offset + length > size) {
        throw new IndexOutOfBoundsException(offset + " and " + length + " more of " + size);
      }
      file.seek(offset);
      file.readFully(bytes);
      return bytes;
    } catch (IOException e) {
      throw failed(e);
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new RagException(
          ErrorCode.CANCELLED, "CANCELLED", "the document was given up while it was read");
    }
  }

  static RagException failed(IOException failure) {
    return new RagException(
        ErrorCode.RESOURCE_EXHAUSTED,
        "SPOOL_FAILED",
        "the disk takes no more of the document on its way to the store",
        failure,
        new ErrorDetail.Retry(LATER));
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        file.close();
        leftover.remove();
      }
    } catch (IOException e) {
      log.warn("a temporary file could not be removed", e);
    } finally {
      lock.unlock();
    }
  }
}
