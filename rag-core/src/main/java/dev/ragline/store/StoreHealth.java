package dev.ragline.store;

/** What a store can do now, for the corpora that are not broken. */
public enum StoreHealth {
  /** It can be read and written. */
  SERVING,
  /** It can be read; writes fail, as on a full disk. */
  READ_ONLY,
  /** It cannot be asked. */
  AWAY
}
