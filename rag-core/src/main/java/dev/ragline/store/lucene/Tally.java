package dev.ragline.store.lucene;

import dev.ragline.document.DocumentId;
import dev.ragline.store.CorpusStats;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.DirectoryReader;

/** Counts what a batch makes of the last commit. */
final class Tally {
  private static final int ABSENT = -1;

  private final RowReader committed;
  private final CommitData before;
  private final Map<DocumentId, Integer> chunksNow = new HashMap<>();
  private long documents;
  private long chunks;
  private boolean divided;
  private boolean changed;

  Tally(DirectoryReader committed) throws IOException {
    this.committed = new RowReader(committed);
    this.before = CommitData.of(committed);
    this.documents = before.stats().documents();
    this.chunks = before.stats().chunks();
  }

  /** A document now has other chunks; returns whether it was there before. */
  boolean replace(Change.Replace replace) throws IOException {
    DocumentId id = replace.document();
    boolean found = remove(id);
    chunksNow.put(id, replace.chunks());
    documents++;
    chunks += replace.chunks();
    divided |= replace.isDivided();
    changed = true;
    return found;
  }

  /** A document is no longer there; returns whether it was before. */
  boolean remove(DocumentId id) throws IOException {
    int old = chunks(id);
    if (old == ABSENT) {
      return false;
    }
    chunksNow.put(id, ABSENT);
    documents--;
    chunks -= old;
    changed = true;
    return true;
  }

  /** Asks for a commit although nothing else changes. */
  void touch() {
    changed = true;
  }

  /** Whether there is something to commit. */
  boolean isChanged() {
    return changed;
  }

  /** What the commit has to say. */
  CommitData after() {
    return before.next(new CorpusStats(documents, chunks), divided);
  }

  private int chunks(DocumentId id) throws IOException {
    Integer known = chunksNow.get(id);
    if (known != null) {
      return known;
    }
    return committed.block(id).map(block -> block.document().chunkCount()).orElse(ABSENT);
  }
}
