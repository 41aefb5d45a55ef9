package dev.ragline.store.lucene;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at how much a disk has left. */
final class DiskSpace {
  /** Bytes; less is as good as nothing: even an empty commit needs some, and a merge far more. */
  private static final long RESERVE = 1 << 20;

  private DiskSpace() {}

  /** Whether the folder's disk has next to nothing left; false where the disk does not tell. */
  static boolean isNearlyGone(Path folder) {
    try {
      FileStore disk = Files.getFileStore(folder);
      return disk.getUsableSpace() < RESERVE && disk.getTotalSpace() > 0;
    } catch (IOException e) {
      return false;
    }
  }
}
