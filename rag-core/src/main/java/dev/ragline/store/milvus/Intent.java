package dev.ragline.store.milvus;

import dev.ragline.document.DocumentId;

/**
 * A write that began. The row is there before any other row of the write, and goes when nothing is
 * left to do: so whatever a crash leaves is found by it.
 *
 * @param identity the corpus's
 * @param rows what the write puts there
 * @param began epoch milliseconds
 */
record Intent(String identity, DocumentId id, WrittenRows rows, long began) {}
