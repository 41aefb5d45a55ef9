package dev.ragline.store.lucene;

import dev.ragline.store.CorpusStats;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.MergeScheduler;
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

  /** Commits that could not be shown at once. */
  private final AtomicLong hidden = new AtomicLong();

  private volatile long shown;

  /** What the current reader shows. */
  private volatile CorpusStats stats;

  private OpenIndex(Directory directory, ReaderManager readers, MergeScheduler merges)
      throws IOException {
    this.directory = directory;
    this.readers = readers;
    this.writer = new BatchWriter(directory, merges);
    this.stats = readStats();
  }

  /**
   * Opens the index in a directory, and closes the directory with it.
   *
   * @param merges does the merges of this index
   */
  static OpenIndex open(Directory directory, MergeScheduler merges) throws IOException {
    try {
      ReaderManager readers = new ReaderManager(directory);
      try {
        return new OpenIndex(directory, readers, merges);
      } catch (IOException | RuntimeException e) {
        IOUtils.closeWhileSuppressingExceptions(e, readers);
        throw e;
      }
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

  /**
   * Whether readers do not show a commit that ended as far as its writers know. While one is in
   * progress nobody waits for it.
   */
  boolean isBehind() {
    return shown < hidden.get();
  }

  /** What readers show. */
  CorpusStats stats() {
    return stats;
  }

  private CorpusStats readStats() throws IOException {
    DirectoryReader reader = readers.acquire();
    try {
      return CommitData.of(reader).stats();
    } finally {
      readers.release(reader);
    }
  }

  /** Has readers show the last commit. */
  synchronized void catchUp() throws IOException {
    long reached = hidden.get();
    readers.maybeRefreshBlocking();
    stats = readStats();
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
    } catch (IOException | RuntimeException | Error e) {
      // Whether there is a new commit is then best seen by looking.
      hidden.incrementAndGet();
      throw e;
    } finally {
      readers.release(committed);
    }
    try {
      catchUp();
    } catch (IOException | RuntimeException | Error e) {
      // The changes are durable. Whoever reads next tries again, and fails as long as this does.
      hidden.incrementAndGet();
      if (!(e instanceof IOException)) {
        throw e;
      }
      log.warn("a commit could not be read back", e);
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    IOUtils.close(readers, writer, directory);
  }
}
