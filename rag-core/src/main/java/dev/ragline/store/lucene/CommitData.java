package dev.ragline.store.lucene;

import dev.ragline.store.CorpusStats;
import dev.ragline.store.LaterVersionException;
import java.io.IOException;
import java.util.Map;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;

/**
 * What a commit says of itself: Lucene cannot count documents without reading them.
 *
 * @param version what a reader must know to understand the rows
 * @param batch counts the commits
 */
record CommitData(int version, long batch, CorpusStats stats) {
  /** Each document is one block; absent in the first, as in settings. */
  private static final int WHOLE = 1;

  /** Large documents have several blocks. Only an index that held one has this version. */
  private static final int DIVIDED = 2;

  static final CommitData EMPTY = new CommitData(0, new CorpusStats(0, 0));

  private static final String FORMAT = "version";
  private static final String BATCH = "batch";
  private static final String DOCUMENTS = "documents";
  private static final String CHUNKS = "chunks";

  /** Of an index of whole documents. */
  CommitData(long batch, CorpusStats stats) {
    this(WHOLE, batch, stats);
  }

  /** Of the commit that a reader shows. */
  static CommitData of(DirectoryReader reader) throws IOException {
    return of(reader.getIndexCommit().getUserData());
  }

  /** Of the last commit in a directory. */
  static CommitData last(Directory directory) throws IOException {
    return of(SegmentInfos.readLatestCommit(directory).getUserData());
  }

  private static CommitData of(Map<String, String> data) throws IOException {
    try {
      int version = Integer.parseInt(data.getOrDefault(FORMAT, "1"));
      if (version > DIVIDED) {
        throw new LaterVersionException("rows", version, DIVIDED);
      }
      return new CommitData(
          version,
          Long.parseLong(data.get(BATCH)),
          new CorpusStats(Long.parseLong(data.get(DOCUMENTS)), Long.parseLong(data.get(CHUNKS))));
    } catch (NumberFormatException e) {
      throw new CorruptIndexException("the commit lacks its counts", "commit data", e);
    }
  }

  /**
   * Of the commit after this one.
   *
   * @param divided whether it adds a document of several blocks
   */
  CommitData next(CorpusStats counts, boolean divided) {
    return new CommitData(divided ? DIVIDED : version, batch + 1, counts);
  }

  Map<String, String> toMap() {
    return Map.of(
        FORMAT, Integer.toString(version),
        BATCH, Long.toString(batch),
        DOCUMENTS, Long.toString(stats.documents()),
        CHUNKS, Long.toString(stats.chunks()));
  }
}
