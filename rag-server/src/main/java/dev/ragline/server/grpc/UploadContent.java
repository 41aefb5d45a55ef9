package dev.ragline.server.grpc;

import com.google.protobuf.ByteString;
import dev.ragline.document.Content;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.ingest.IngestConfig;
import dev.ragline.spool.Spool;
import dev.ragline.spool.SpoolFolder;
import dev.ragline.spool.SpooledContent;
import org.jspecify.annotations.Nullable;

/** The bytes of one upload: in memory as long as they are few, else in a spool. */
final class UploadContent implements AutoCloseable {
  private final SpoolFolder folder;
  private final Segments held = new Segments();
  private @Nullable Spool spool;
  private long size;
  private boolean closed;

  UploadContent(SpoolFolder folder) {
    this.folder = folder;
  }

  /** Adds a piece at the end; in memory, whatever there is. */
  void add(ByteString piece) {
    held.add(piece);
    size += piece.size();
  }

  long size() {
    return size;
  }

  /** Whether more is in memory than is held of any document. */
  boolean isFull() {
    return held.size() > IngestConfig.HELD_BYTES;
  }

  /**
   * Moves what is in memory to the disk, and waits for that; returns how many bytes it was.
   *
   * @throws RagException RESOURCE_EXHAUSTED when the disk takes no more
   */
  synchronized long spill() {
    Spool to = spool;
    if (closed) {
      throw new RagException(ErrorCode.CANCELLED, "CANCELLED", "the upload is over");
    }
    if (to == null) {
      to = folder.open();
      spool = to;
    }
    long bytes = held.size();
    held.drainTo(to::append);
    return bytes;
  }

  /** All of it, once; what is in a spool stays there until this is closed. */
  Content complete() {
    if (spool == null) {
      return Content.of(held.drain());
    }
    long _ = spill();
    return new SpooledContent(spool);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (spool != null) {
      spool.close();
    }
  }
}
