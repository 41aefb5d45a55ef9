package dev.ragline.store.lucene;

/**
 * What all indexes of a store share.
 *
 * @param opener how their files are reached
 * @param threads where their files are opened and written
 * @param writes lets a few of them be written at a time
 * @param merges merges their segments
 * @param open which of them are open
 * @param health whether writes succeed
 */
record IndexHost(
    DirectoryOpener opener,
    StoreThreads threads,
    WriteTurns writes,
    Merges merges,
    OpenIndexes open,
    WriteHealth health) {}
