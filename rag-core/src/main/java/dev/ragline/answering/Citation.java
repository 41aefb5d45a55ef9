package dev.ragline.answering;

import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.Sha256;
import dev.ragline.retrieval.Passage;

/**
 * A claim of an answer with the bytes that it rests on.
 *
 * @param claim a range of the answer's text
 * @param passage where the quote stands
 * @param chunk the passage's own, or one of its expanded text: the one that holds the quote
 * @param quote a range of the passage's revision, within the chunk
 * @param quoteDigest digest of the quote's bytes
 * @param support the share, 0…1, of the claim's words that stand in the quote
 */
public record Citation(
    ByteRange claim,
    Passage passage,
    Chunk chunk,
    ByteRange quote,
    Sha256 quoteDigest,
    double support) {}
