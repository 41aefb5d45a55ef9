package dev.ragline.spool;

import dev.ragline.document.Content;

/** A document's bytes in a spool, which whoever made it closes. */
public final class SpooledContent implements Content {
  private final Spool spool;
  private final long size;

  /** All that the spool holds by now. */
  public SpooledContent(Spool spool) {
    this.spool = spool;
    this.size = spool.size();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public long held() {
    return 0;
  }

  @Override
  public byte[] bytes(long offset, int length) {
    return spool.read(offset, length);
  }
}
