package dev.ragline.server.answers;

import dev.ragline.answering.AnswerId;
import dev.ragline.document.CorpusId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps finished answers beyond this process's life, as well as it can: what cannot be written or
 * read is not held. Safe for many threads.
 */
public interface AnswerArchive {
  /** Keeps nothing. */
  AnswerArchive NONE =
      new AnswerArchive() {
        @Override
        public void write(AnswerId id, Kept answer) {}

        @Override
        public Optional<Kept> read(AnswerId id) {
          return Optional.empty();
        }

        @Override
        public void forget(CorpusId corpus) {}

        @Override
        public void sweep() {}
      };

  /**
   * A finished answer.
   *
   * @param finished when it was
   * @param first the sequence of the first event
   * @param events each as its bytes
   */
  record Kept(Instant finished, long first, List<byte[]> events) {
    public Kept {
      events = List.copyOf(events);
    }
  }

  /** Keeps an answer. */
  void write(AnswerId id, Kept answer);

  /** An answer that is kept. */
  Optional<Kept> read(AnswerId id);

  /** Deletes a corpus's answers. */
  void forget(CorpusId corpus);

  /** Deletes what has been kept for long enough. */
  void sweep();
}
