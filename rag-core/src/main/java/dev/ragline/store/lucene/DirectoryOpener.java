package dev.ragline.store.lucene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.store.SingleInstanceLockFactory;

/** How an index's files are reached. */
@FunctionalInterface
interface DirectoryOpener {
  /** Memory-mapped for reading; the store's own lock already keeps other processes out. */
  DirectoryOpener MAPPED =
      folder -> {
        if (!Files.isDirectory(folder)) {
          // Lucene would make it.
          throw new NoSuchFileException(folder.toString());
        }
        return new MMapDirectory(folder, new SingleInstanceLockFactory());
      };

  Directory open(Path folder) throws IOException;
}
