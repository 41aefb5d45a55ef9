package dev.ragline.ingest;

import dev.ragline.spool.Spool;
import java.util.Arrays;

/** Records of any length in a spool, by number; each takes some bytes of memory. */
final class SpooledRecords implements AutoCloseable {
  private final Spool spool;

  /** Where each record begins, and where the last one ends. */
  private long[] starts = new long[16];

  private int size;

  SpooledRecords(Spool spool) {
    this.spool = spool;
  }

  int size() {
    return size;
  }

  /** Adds the next record: the first bytes of an array. */
  void add(byte[] record, int length) {
    long at = spool.append(record, 0, length);
    if (size + 1 == starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
    }
    starts[size] = at;
    starts[++size] = at + length;
  }

  byte[] get(int number) {
    return spool.read(starts[number], Math.toIntExact(starts[number + 1] - starts[number]));
  }

  @Override
  public void close() {
    spool.close();
  }
}
