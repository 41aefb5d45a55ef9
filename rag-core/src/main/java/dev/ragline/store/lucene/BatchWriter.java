package dev.ragline.store.lucene;

import dev.ragline.document.DocumentId;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.MergeScheduler;
import org.apache.lucene.index.NoMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits batches of changes, each wholly or not at all. Used by one thread at a time.
 *
 * <p>After any failure the writer is thrown away with all that it had not committed, and the next
 * batch begins with a new one on the last commit. Lucene wants it so when a write to the disk
 * failed (it closes itself then), and it is right for all other failures.
 */
final class BatchWriter implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);

  private final Directory directory;
  private final MergeScheduler merges;
  private @Nullable IndexWriter writer;

  /**
   * @param merges does the merges of this index
   */
  BatchWriter(Directory directory, MergeScheduler merges) {
    this.directory = directory;
    this.merges = merges;
  }

  /** Makes an empty index. */
  static void create(Directory directory) throws IOException {
    var settings = IndexFormat.writing(OpenMode.CREATE, NoMergeScheduler.INSTANCE);
    try (IndexWriter writer = new IndexWriter(directory, settings)) {
      writer.setLiveCommitData(CommitData.EMPTY.toMap().entrySet());
      writer.commit();
    }
  }

  /**
   * Applies and commits changes.
   *
   * @param committed shows the last commit
   * @return for each change, whether its document was there before
   * @throws IOException when nothing was changed
   */
  List<Boolean> write(List<Change> changes, DirectoryReader committed) throws IOException {
    Tally tally = new Tally(committed);
    List<Boolean> found = new ArrayList<>();
    IndexWriter index = openWriter();
    try {
      for (Change change : changes) {
        found.add(apply(change, tally, index));
      }
      if (tally.isChanged()) {
        index.setLiveCommitData(tally.after().toMap().entrySet());
        index.commit();
      }
    } catch (IOException | RuntimeException | Error e) {
      Throwable tragedy = index.getTragicException();
      discard(e);
      if (found.size() < changes.size() || !isLast(tally.after(), e)) {
        if (tragedy instanceof IOException cause) {
          throw cause;
        }
        throw e;
      }
      log.warn("tidying up after a commit failed", e);
    }
    return found;
  }

  private boolean apply(Change change, Tally tally, IndexWriter index) throws IOException {
    return switch (change) {
      case Change.Replace replace -> {
        DocumentId id = replace.document();
        index.deleteDocuments(new Term(Rows.OWNER, id.value()));
        // What is added is not seen before the commit, and a failure takes it back.
        for (Iterable<Document> block : replace.blocks()) {
          index.addDocuments(block);
        }
        yield tally.replace(replace);
      }
      case Change.Delete(var id) -> {
        index.deleteDocuments(new Term(Rows.OWNER, id.value()));
        yield tally.remove(id);
      }
      case Change.Nothing() -> {
        tally.touch();
        yield true;
      }
    };
  }

  private IndexWriter openWriter() throws IOException {
    IndexWriter now = writer;
    if (now == null || !now.isOpen()) {
      close();
      now = new IndexWriter(directory, IndexFormat.writing(OpenMode.APPEND, merges));
      writer = now;
    }
    return now;
  }

  /** A commit may fail after the point of no return, in deleting what it replaced. */
  private boolean isLast(CommitData commit, Throwable failure) {
    try {
      return CommitData.last(directory).batch() == commit.batch();
    } catch (IOException e) {
      failure.addSuppressed(e);
      return false;
    }
  }

  private void discard(Throwable failure) {
    IndexWriter old = writer;
    writer = null;
    if (old != null) {
      try {
        old.rollback();
      } catch (IOException | RuntimeException e) {
        failure.addSuppressed(e);
      }
    }
  }

  /** Keeps merges that are done, and lets go of the rest. */
  @Override
  public void close() throws IOException {
    IndexWriter old = writer;
    writer = null;
    if (old == null) {
      return;
    }
    try {
      if (old.isOpen()) {
        old.commit();
      }
    } catch (IOException | RuntimeException e) {
      log.warn("finished merges of index segments were not kept", e);
    } finally {
      IOUtils.close(old::rollback);
    }
  }
}
