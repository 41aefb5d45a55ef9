package dev.ragline.ingest;

import dev.ragline.store.ChunkVectors;
import java.util.ArrayList;
import java.util.List;

/** The vectors of a document's texts, by the texts' numbers. */
interface VectorTable extends AutoCloseable {
  /** Adds those of the next text; returns what that takes of memory. */
  long add(ChunkVectors vectors);

  /** Those of a text that were added. */
  ChunkVectors get(int text);

  /** For how many texts there are some. */
  int size();

  /** Whether they are in memory. */
  boolean isHeld();

  /** Lets go of what is held outside of memory. */
  @Override
  default void close() {}

  /** Vectors in memory. */
  final class Held implements VectorTable {
    private final List<ChunkVectors> vectors = new ArrayList<>();

    @Override
    public long add(ChunkVectors next) {
      vectors.add(next);
      return UnfinishedVectors.bytes(next);
    }

    @Override
    public ChunkVectors get(int text) {
      return vectors.get(text);
    }

    @Override
    public boolean isHeld() {
      return true;
    }

    @Override
    public int size() {
      return vectors.size();
    }
  }
}
