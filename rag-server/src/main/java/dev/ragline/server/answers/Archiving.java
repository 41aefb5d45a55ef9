package dev.ragline.server.answers;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.ragline.answering.AnswerId;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has finished answers kept before their streams end: on threads that nobody interrupts, and only
 * as long as a disk may take. Whatever goes wrong, the answer ends all the same.
 */
final class Archiving {
  private static final Logger log = LoggerFactory.getLogger(Archiving.class);

  private final AnswerArchive archive;
  private final ExecutorService files;
  private final Duration longest;

  /**
   * @param files threads that write files
   * @param longest how long an answer's end waits for the archive
   */
  Archiving(AnswerArchive archive, ExecutorService files, Duration longest) {
    this.archive = archive;
    this.files = files;
    this.longest = longest;
  }

  /** Keeps an answer as well as that goes. */
  void write(AnswerId id, AnswerArchive.Kept answer) {
    if (archive.equals(AnswerArchive.NONE)) {
      return; // which needs no thread
    }
    try {
      Future<?> written = files.submit(() -> archive.write(id, answer));
      var _ = Uninterruptibles.getUninterruptibly(written, longest);
    } catch (TimeoutException e) {
      log.warn("the disk is slow: an answer ends before it is written");
    } catch (ExecutionException e) {
      log.warn("an answer is held in memory only, as it cannot be written", e.getCause());
    } catch (RejectedExecutionException e) {
      log.warn("an answer is held in memory only, as the server is closed");
    }
  }
}
