package dev.ragline.store.milvus;

import dev.ragline.store.milvus.Head.Stamp;

/**
 * What a consistency token says.
 *
 * @param stamp of the write
 * @param visible when SESSION reads of the registry see it; 0 where the server has no times
 */
record WritePosition(Stamp stamp, long visible) {
  /** As text within a token. */
  String text() {
    return stamp.writer() + ":" + stamp.time() + ":" + visible;
  }

  /** Reads {@link #text} back; it comes out of a token whose MAC is right. */
  static WritePosition parse(String text) {
    String[] parts = text.split(":", -1);
    return new WritePosition(
        new Stamp(Long.parseLong(parts[1]), parts[0]), Long.parseLong(parts[2]));
  }
}
