package dev.ragline.ingest;

/**
 * What a deletion did.
 *
 * @param removed chunks that went with the document
 * @param token for reads that must not see them any more
 */
public record Deletion(int removed, String token) {}
