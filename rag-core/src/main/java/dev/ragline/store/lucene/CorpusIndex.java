package dev.ragline.store.lucene;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.RagException;
import dev.ragline.store.CorpusFault;
import dev.ragline.store.CorpusStats;
import dev.ragline.store.lucene.StoreThreads.FileWork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A corpus's index: opened when it is needed, closed when it has not been for a while or others
 * need the room. Once its files turn out to be damaged it is not opened again before the next
 * start.
 */
final class CorpusIndex {
  private static final Logger log = LoggerFactory.getLogger(CorpusIndex.class);

  /** How long a write waits that only finds out whether writes succeed. */
  private static final Duration PROBE = Duration.ofSeconds(2);

  private final CorpusId id;
  private final Path folder;
  private final IndexHost host;
  private final Merges.OfIndex merges;
  private final WriteQueue queue;
  private final IndexFaults faults;

  /** Held while a batch is written, and while the index is closed. */
  private final ReentrantLock writing = new ReentrantLock();

  /** Held while the index is opened or closed; taken after {@link #writing}. */
  private final ReentrantLock opening = new ReentrantLock();

  private volatile @Nullable OpenIndex open;

  /** Of the last commit, while the index is closed; null when nobody asked yet. */
  private volatile @Nullable CorpusStats stats;

  private volatile long lastUse = System.nanoTime();
  private @Nullable RagException end;

  CorpusIndex(CorpusId id, Path folder, IndexHost host) {
    this.id = id;
    this.folder = folder;
    this.host = host;
    this.faults = new IndexFaults(id, () -> host.health().ended(this));
    this.merges = host.merges().of(new Merged());
    this.queue = new WriteQueue(host.writes(), this::writeBatch);
  }

  /** The current reader; whoever takes it decreases its count of references. */
  DirectoryReader acquire() {
    lastUse = System.nanoTime();
    try {
      while (true) {
        OpenIndex now = open;
        if (now == null || now.isBehind()) {
          now = host.threads().call(this::openedOrCaughtUp);
        }
        try {
          return now.acquire();
        } catch (AlreadyClosedException e) {
          log.debug("corpus {} was closed when it was needed, it is opened again", id);
        }
      }
    } catch (IOException e) {
      throw StoreFailures.reading(id, e);
    }
  }

  private OpenIndex openedOrCaughtUp() throws IOException {
    makeRoom();
    return upToDate();
  }

  private void makeRoom() {
    if (open == null) {
      host.open().makeRoom();
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

  /** Whether a write succeeds that changes nothing. */
  boolean takesWrites() {
    try {
      return write(new Change.Nothing(), Call.within(PROBE));
    } catch (RagException e) {
      // What is broken says nothing of the disk.
      return CorpusFault.isBehind(e);
    }
  }

  /** Why it cannot be opened; null as far as is known. */
  @Nullable CorpusFault fault() {
    return faults.fault();
  }

  /**
   * What it holds, without opening it; on a thread of the store's.
   *
   * @throws RagException FAILED_PRECONDITION when its files are damaged
   */
  CorpusStats stats() throws IOException {
    CorpusStats known = knownStats();
    if (known != null) {
      return known;
    }
    opening.lock();
    try {
      requireUsable();
      CorpusStats now = knownStats();
      return now == null ? faults.reading(this::readStats) : now;
    } finally {
      opening.unlock();
    }
  }

  private @Nullable CorpusStats knownStats() {
    OpenIndex now = open;
    if (now == null) {
      return stats;
    }
    return now.isBehind() ? null : now.stats();
  }

  private CorpusStats readStats() throws IOException {
    try (Directory directory = host.opener().open(folder)) {
      CorpusStats read = CommitData.last(directory).stats();
      stats = read;
      return read;
    }
  }

  /** How long nobody has used it. */
  long idleNanos() {
    return System.nanoTime() - lastUse;
  }

  /** Closes the index if nobody used it for {@code idle}; the next use opens it again. */
  void closeIfIdle(Duration idle) throws IOException {
    if (open != null && idleNanos() >= idle.toNanos() && !merges.isMerging()) {
      host.threads().run(() -> closeThen(() -> true));
    }
  }

  /** Closes the index unless it is being written, opened or merged; returns whether it did. */
  boolean closeIfFree() throws IOException {
    if (merges.isMerging() || !writing.tryLock()) {
      return false;
    }
    try {
      if (!opening.tryLock()) {
        return false;
      }
      try {
        boolean wasOpen = open != null;
        close();
        return wasOpen;
      } finally {
        opening.unlock();
      }
    } finally {
      writing.unlock();
    }
  }

  /**
   * Ends the index once the writes in progress are done: closes it, runs {@code last}, and from
   * then on fails every use with {@code reason}. It goes on as before when {@code last} fails.
   */
  <T> T end(RagException reason, FileWork<T> last) throws IOException {
    return host.threads()
        .call(
            () ->
                closeThen(
                    () -> {
                      T result = last.run();
                      end = reason;
                      host.health().ended(this);
                      return result;
                    }));
  }

  private <T> T closeThen(FileWork<T> last) throws IOException {
    writing.lock();
    opening.lock();
    try {
      close();
      return last.run();
    } finally {
      opening.unlock();
      writing.unlock();
    }
  }

  private void close() throws IOException {
    OpenIndex old = open;
    if (old != null) {
      stats = old.isBehind() ? null : old.stats();
      open = null;
      host.open().closed(this);
      old.close();
    }
  }

  /** The index, open and not behind; on a thread of the store's. */
  private OpenIndex upToDate() throws IOException {
    opening.lock();
    try {
      requireUsable();
      return faults.reading(
          () -> {
            OpenIndex now = open;
            if (now == null) {
              now = OpenIndex.open(host.opener().open(folder), merges);
              open = now;
              host.open().opened(this);
            } else if (now.isBehind()) {
              now.catchUp();
            }
            return now;
          });
    } finally {
      opening.unlock();
    }
  }

  private void requireUsable() {
    if (end != null) {
      throw end;
    }
    faults.require();
  }

  private void writeBatch(List<PendingWrite> batch) {
    makeRoom();
    writing.lock();
    try {
      writeTogetherOrAlone(batch);
    } finally {
      writing.unlock();
    }
  }

  private void writeTogetherOrAlone(List<PendingWrite> batch) {
    try {
      List<Boolean> found = upToDate().write(batch.stream().map(PendingWrite::change).toList());
      if (host.health().succeeded(this)) {
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
        batch.forEach(write -> writeTogetherOrAlone(List.of(write)));
      }
    }
  }

  private Throwable explain(Throwable failure) {
    if (!(failure instanceof IOException problem)) {
      return failure;
    }
    RagException refusal = faults.find(problem);
    if (refusal != null) {
      return refusal;
    }
    if (host.health().failed(this)) {
      log.warn("a write to corpus {} failed", id, problem);
    }
    return StoreFailures.writing(problem, folder);
  }

  private final class Merged implements MergeListener {
    /**
     * Has a merge committed with the writes that come next, or by itself: only then is it read, and
     * the space of what it replaced is free.
     */
    @Override
    public void merged() {
      try {
        queue.add(new PendingWrite(new Change.Nothing()));
      } catch (RagException e) {
        log.debug("the store was closed before a merge of corpus {} was kept", id);
      }
    }

    /** The next write begins with a repair; health has one tried. */
    @Override
    public void failed(Throwable failure) {
      log.warn("a merge of index segments of corpus {} failed", id, failure);
      boolean _ = host.health().failed(CorpusIndex.this);
    }
  }
}
