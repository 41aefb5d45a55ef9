package dev.ragline.server.doctor;

import dev.ragline.call.Call;

/** Opens what was configured. */
@FunctionalInterface
public interface Opener<T> {
  /**
   * Opens it.
   *
   * @param call until when it may take
   * @throws dev.ragline.document.RagException when it cannot be opened
   */
  T open(Call call);
}
