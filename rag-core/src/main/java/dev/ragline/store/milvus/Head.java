package dev.ragline.store.milvus;

import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What a document is since a write: the revision that the write brought, or its end. A row of the
 * registry that never changes. Of a document's heads the one with the highest stamp holds, so that
 * every replica comes to the same, in whatever order it learns of them.
 *
 * @param write tells the write's rows from all others
 * @param stamp where the write stands among all
 * @param document the revision, or null when the write removed the document
 * @param pieces rows of content
 * @param rowsTime when SESSION reads see all of the write's rows
 */
record Head(
    DocumentId id,
    String write,
    Stamp stamp,
    @Nullable Document document,
    int pieces,
    long rowsTime) {

  /**
   * A place in the order of all writes to a corpus.
   *
   * @param time Milvus's own clock where it has one: it goes on from one server to another
   * @param writer who wrote; each writer's times rise in the order in which they become visible
   */
  record Stamp(long time, String writer) implements Comparable<Stamp> {
    private static final Comparator<Stamp> ORDER =
        Comparator.comparingLong(Stamp::time).thenComparing(Stamp::writer);

    /** Epoch milliseconds, as Milvus has them in its times. */
    long millis() {
      return time >> 18;
    }

    @Override
    public int compareTo(Stamp other) {
      return ORDER.compare(this, other);
    }
  }

  /** The rows that the write put there. */
  WrittenRows rows() {
    return new WrittenRows(write, document == null ? 0 : document.chunkCount(), pieces);
  }
}
