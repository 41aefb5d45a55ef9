package dev.ragline.store.lucene;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.store.lucene.StoreThreads.FileWork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A corpus's index: opened when it is needed, closed when it has not been for a while. */
final class CorpusIndex {
  private static final Logger log = LoggerFactory.getLogger(CorpusIndex.class);

  private final CorpusId id;
  private final Path folder;
  private final DirectoryOpener opener;
  private final StoreThreads threads;
  private final WriteQueue queue;

  /** Held while a batch is written, and while the index is closed. */
  private final ReentrantLock writing = new ReentrantLock();

  /** Held while the index is opened or closed; taken after {@link #writing}. */
  private final ReentrantLock opening = new ReentrantLock();

  private volatile @Nullable OpenIndex open;
  private volatile long lastUse = System.nanoTime();
  private volatile boolean failing;
  private @Nullable RagException end;

  CorpusIndex(CorpusId id, Path folder, DirectoryOpener opener, StoreThreads threads) {
    this.id = id;
    this.folder = folder;
    this.opener = opener;
    this.threads = threads;
    this.queue = new WriteQueue(threads, this::writeBatch);
  }

  /** The current reader; whoever takes it decreases its count of references. */
  DirectoryReader acquire() {
    lastUse = System.nanoTime();
    try {
      while (true) {
        OpenIndex now = open;
        if (now == null || now.isBehind()) {
          now = threads.call(this::upToDate);
        }
        try {
          return now.acquire();
        } catch (AlreadyClosedException e) {
          log.debug("corpus {} was closed when it was needed, it is opened again", id);
        }
      }
    } catch (IOException e) {
      throw StoreFailures.reading(e);
    }
  }

  /** Has a change written; returns whether its document was there before. */
  boolean write(Change change, Call call) {
    call.check("the write");
    lastUse = System.nanoTime();
    PendingWrite write = new PendingWrite(change);
    queue.add(write);
    return write.await(call);
  }

  /**
   * Whether writes succeed. After one that did not this tries one that changes nothing, so that the
   * store knows by itself when its disk has space again.
   */
  boolean isServing() {
    OpenIndex now = open;
    if (!failing && (now == null || !now.isBroken())) {
      return true;
    }
    try {
      return write(new Change.Nothing(), Call.UNLIMITED);
    } catch (RagException e) {
      return false;
    }
  }

  /** Closes the index if nobody used it for {@code idle}; the next use opens it again. */
  void closeIfIdle(Duration idle) throws IOException {
    if (open != null && System.nanoTime() - lastUse >= idle.toNanos()) {
      threads.run(() -> closeThen(() -> true));
    }
  }

  /**
   * Ends the index once the writes in progress are done: closes it, runs {@code last}, and from
   * then on fails every use with {@code reason}. It goes on as before when {@code last} fails.
   */
  <T> T end(RagException reason, FileWork<T> last) throws IOException {
    return threads.call(
        () ->
            closeThen(
                () -> {
                  T result = last.run();
                  end = reason;
                  return result;
                }));
  }

  private <T> T closeThen(FileWork<T> last) throws IOException {
    writing.lock();
    opening.lock();
    try {
      OpenIndex old = open;
      open = null;
      if (old != null) {
        old.close();
      }
      return last.run();
    } finally {
      opening.unlock();
      writing.unlock();
    }
  }

  /** The index, open and not behind; on a thread of the store's. */
  private OpenIndex upToDate() throws IOException {
    opening.lock();
    try {
      if (end != null) {
        throw end;
      }
      OpenIndex now = open;
      if (now == null) {
        now = OpenIndex.open(opener.open(folder), this::keepMerge);
        open = now;
      } else if (now.isBehind()) {
        now.catchUp();
      }
      return now;
    } finally {
      opening.unlock();
    }
  }

  /**
   * Has a merge committed with the writes that come next, or by itself: only then is it read, and
   * the space of what it replaced is free.
   */
  private void keepMerge() {
    try {
      queue.add(new PendingWrite(new Change.Nothing()));
    } catch (RagException e) {
      log.debug("the store was closed before a merge of corpus {} was kept", id);
    }
  }

  private void writeBatch(List<PendingWrite> batch) {
    writing.lock();
    try {
      List<Boolean> found = upToDate().write(batch.stream().map(PendingWrite::change).toList());
      if (failing) {
        failing = false;
        log.info("writes to corpus {} succeed again", id);
      }
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).succeed(found.get(i));
      }
    } catch (IOException | RuntimeException | Error e) {
      if (batch.size() == 1) {
        batch.getFirst().fail(explain(e));
      } else {
        // What is wrong with one write, or does not fit, is not to fail the others.
        batch.forEach(write -> writeBatch(List.of(write)));
      }
    } finally {
      writing.unlock();
    }
  }

  private Throwable explain(Throwable failure) {
    if (!(failure instanceof IOException problem)) {
      return failure;
    }
    RagException explained = StoreFailures.writing(problem, folder);
    if (!failing) {
      log.warn("a write to corpus {} failed", id, problem);
    }
    failing = explained.code() != ErrorCode.INTERNAL;
    return explained;
  }
}
