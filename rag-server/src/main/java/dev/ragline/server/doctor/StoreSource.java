package dev.ragline.server.doctor;

import dev.ragline.store.ChunkStore;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Where a store is opened for a while. */
@FunctionalInterface
public interface StoreSource {
  /**
   * Opens the store, works with it, and closes it.
   *
   * @throws dev.ragline.document.RagException when it cannot be opened, and as the work does
   */
  void use(Consumer<ChunkStore> work);

  /** A store that is there, or makes nothing by being opened. */
  static StoreSource of(Supplier<ChunkStore> opener) {
    return work -> {
      try (ChunkStore store = opener.get()) {
        work.accept(store);
      }
    };
  }

  /**
   * A store that nobody has made yet: one in a temporary folder at its place, so that nothing is
   * left of it.
   *
   * @param opener opens a store in a folder
   */
  static StoreSource before(Path folder, Function<Path, ChunkStore> opener) {
    return work -> {
      try (TemporaryFolder temporary = TemporaryFolder.at(folder);
          ChunkStore store = opener.apply(temporary.path())) {
        work.accept(store);
      }
    };
  }
}
