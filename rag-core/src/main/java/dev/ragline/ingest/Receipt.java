package dev.ragline.ingest;

/**
 * What an upload did, in chunks. {@code added + changed + unchanged} is the document's new chunk
 * count.
 *
 * @param added new beyond the number that the document had
 * @param changed took another's place
 * @param unchanged embedded text as it was; the vector is kept
 * @param removed gone beyond those replaced
 * @param embedded chunks that the model ran for
 */
public record Receipt(int added, int changed, int unchanged, int removed, int embedded) {}
