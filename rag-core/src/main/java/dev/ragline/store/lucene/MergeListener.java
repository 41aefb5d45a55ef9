package dev.ragline.store.lucene;

/** Hears of the merges of an index, on the thread that merged. */
interface MergeListener {
  /** Hears nothing. */
  MergeListener NONE =
      new MergeListener() {
        @Override
        public void merged() {}

        @Override
        public void failed(Throwable failure) {}
      };

  /** Segments were merged; what that made is not committed yet. */
  void merged();

  /** A merge failed, and its writer closed itself. */
  void failed(Throwable failure);
}
