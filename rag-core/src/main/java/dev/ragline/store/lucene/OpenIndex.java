package dev.ragline.store.lucene;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.ReaderManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An index with its files open. Readers read what is committed, never what the writer holds: what
 * is seen is durable.
 */
final class OpenIndex implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(OpenIndex.class);

  private final Directory directory;
  private final ReaderManager readers;
  private final BatchWriter writer;
  private final AtomicLong commits = new AtomicLong();
  private volatile long shown;

  private OpenIndex(Directory directory, ReaderManager readers) {
    this.directory = directory;
    this.readers = readers;
    this.writer = new BatchWriter(directory);
  }

  /** Opens the index in a directory, and closes the directory with it. */
  static OpenIndex open(Directory directory) throws IOException {
    try {
      return new OpenIndex(directory, new ReaderManager(directory));
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileSuppressingExceptions(e, directory);
      throw e;
    }
  }

  /**
   * The current reader, to be given back.
   *
   * @throws org.apache.lucene.store.AlreadyClosedException when the index is closed
   */
  DirectoryReader acquire() throws IOException {
    return readers.acquire();
  }

  /** Whether readers may not show the last commit yet. */
  boolean isBehind() {
    return shown < commits.get();
  }

  /** Whether the next write has to begin with a repair. */
  boolean isBroken() {
    return writer.isBroken();
  }

  /** Has readers show the last commit. */
  synchronized void catchUp() throws IOException {
    long reached = commits.get();
    readers.maybeRefreshBlocking();
    shown = reached;
  }

  /**
   * Applies and commits changes and shows them to readers.
   *
   * @return for each change, whether its document was there before
   * @throws IOException when nothing was changed
   */
  List<Boolean> write(List<Change> changes) throws IOException {
    if (isBehind()) {
      catchUp();
    }
    DirectoryReader committed = readers.acquire();
    List<Boolean> found;
    try {
      found = writer.write(changes, committed);
    } finally {
      // Also after a failure: whether there is a new commit is then best seen by looking.
      commits.incrementAndGet();
      readers.release(committed);
    }
    try {
      catchUp();
    } catch (IOException e) {
      // The changes are durable. Whoever reads next tries again, and fails as long as this does.
      log.warn("a commit could not be read back", e);
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    IOUtils.close(readers, writer, directory);
  }
}
