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
 * @param batch counts the commits
 */
record CommitData(long batch, CorpusStats stats) {
  static final CommitData EMPTY = new CommitData(0, new CorpusStats(0, 0));

  /** What a reader must know to understand the rows; absent in the first, as in settings. */
  private static final int VERSION = 1;

  private static final String FORMAT = "version";
  private static final String BATCH = "batch";
  private static final String DOCUMENTS = "documents";
  private static final String CHUNKS = "chunks";

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
      if (version > VERSION) {
        throw new LaterVersionException("rows", version, VERSION);
      }
      return new CommitData(
          Long.parseLong(data.get(BATCH)),
          new CorpusStats(Long.parseLong(data.get(DOCUMENTS)), Long.parseLong(data.get(CHUNKS))));
    } catch (NumberFormatException e) {
      throw new CorruptIndexException("the commit lacks its counts", "commit data", e);
    }
  }

  Map<String, String> toMap() {
    return Map.of(
        FORMAT, Integer.toString(VERSION),
        BATCH, Long.toString(batch),
        DOCUMENTS, Long.toString(stats.documents()),
        CHUNKS, Long.toString(stats.chunks()));
  }
}
