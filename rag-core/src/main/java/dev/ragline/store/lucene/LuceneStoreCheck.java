package dev.ragline.store.lucene;

import dev.ragline.document.RagException;
import dev.ragline.store.CorpusFault;
import dev.ragline.store.CorpusReport;
import dev.ragline.store.CorpusStats;
import dev.ragline.store.StoreReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a store's files without opening the store: nothing is changed, and nobody else may have
 * it open meanwhile.
 */
public final class LuceneStoreCheck {
  private LuceneStoreCheck() {}

  /**
   * Checks the settings of every corpus, and that every file of its index is what was written, by
   * Lucene's checksums.
   *
   * @param folder where a store is
   * @throws RagException UNAVAILABLE when a server has the store open, FAILED_PRECONDITION when it
   *     cannot be read or another version made it
   */
  public static StoreReport check(Path folder) {
    try {
      Path root = folder.toRealPath();
      StoreLock lock = StoreLock.take(root, folder);
      try {
        return checkOwned(root);
      } finally {
        lock.close();
      }
    } catch (IOException e) {
      throw StoreFailures.folder(folder, e);
    }
  }

  private static StoreReport checkOwned(Path root) throws IOException {
    StoreFolder.requireLayout(root);
    Path corpora = StoreFolder.corpora(root);
    if (!Files.isDirectory(corpora)) {
      return new StoreReport(List.of(), List.of(), List.of());
    }
    CorpusFolders folders = new CorpusFolders(corpora);
    CorpusFolders.Contents contents = folders.contents();
    return new StoreReport(
        contents.corpora().stream()
            .sorted(Comparator.comparing(FoundCorpus::id))
            .map(found -> check(found, folders.index(found.id())))
            .toList(),
        contents.leftovers().stream().sorted().toList(),
        contents.strays().stream().sorted().toList());
  }

  private static CorpusReport check(FoundCorpus found, Path index) {
    CorpusFault settings = found.fault();
    if (settings != null) {
      return new CorpusReport(found.id(), settings, null);
    }
    try (Directory directory = DirectoryOpener.MAPPED.open(index)) {
      CorpusStats stats = CommitData.last(directory).stats();
      return new CorpusReport(found.id(), checkIndex(directory), stats);
    } catch (IOException | IllegalArgumentException e) {
      CorpusFault fault = StoreFailures.fault(e);
      return new CorpusReport(
          found.id(),
          fault == null ? CorpusFault.damaged("its index cannot be read") : fault,
          null);
    }
  }

  private static @Nullable CorpusFault checkIndex(Directory directory) throws IOException {
    try (CheckIndex check = new CheckIndex(directory)) {
      check.setThreadCount(1);
      check.setLevel(CheckIndex.Level.MIN_LEVEL_FOR_CHECKSUM_CHECKS);
      CheckIndex.Status status = check.checkIndex();
      if (status.clean) {
        return null;
      }
      return CorpusFault.damaged(
          status.numBadSegments == 0
              ? "its index is damaged"
              : "%d of the %d segments of its index are damaged"
                  .formatted(status.numBadSegments, status.numSegments));
    }
  }
}
