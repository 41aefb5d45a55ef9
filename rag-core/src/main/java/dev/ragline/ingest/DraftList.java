package dev.ragline.ingest;

/** The chunks of a document that is on its way, by ordinal. */
interface DraftList extends AutoCloseable {
  int size();

  /** A chunk; go through them in order, and keep little. */
  Draft get(int ordinal);

  /** Lets go of what is held outside of memory. */
  @Override
  default void close() {}
}
