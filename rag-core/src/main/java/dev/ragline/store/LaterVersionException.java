package dev.ragline.store;

import java.io.IOException;

/** Something was written by a later version, in a way that this version does not know. */
public final class LaterVersionException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what has the version: {@code settings}, {@code rows}
   * @param found its version
   * @param known the latest version that is known here
   */
  public LaterVersionException(String what, long found, long known) {
    super(
        "a later version of Ragline wrote it: its %s have version %d, this server knows version %d"
            .formatted(what, found, known));
  }
}
