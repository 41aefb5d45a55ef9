package dev.ragline.client.verification;

/**
 * Something about an answer that does not hold.
 *
 * @param place the field, such as {@code citations[2].quote_sha256}
 * @param message for people, one line
 */
public record Finding(Kind kind, String place, String message) {
  /** What is wrong. */
  public enum Kind {
    /** The answer is not the one that its digest was made of. */
    ANSWER_CHANGED,
    /** The answer carries no digest, so that changes of it may go unseen. */
    DIGEST_MISSING,
    /** A range of the answer is not one of its text, or cuts a character in two. */
    ANSWER_RANGE,
    /** A claim is not the one that was cited. */
    CLAIM_CHANGED,
    /** A name is none, or does not go with the others beside it. */
    NAME_INVALID,
    /** A citation, or a sentence, refers to what the answer does not hold. */
    REFERENCE_INVALID,
    /** A number is out of its bounds. */
    NUMBER_INVALID,
    /** The revision is no longer on the server: its document was replaced or deleted. */
    REVISION_GONE,
    /** The server's bytes are not those that the revision is named for. */
    REVISION_CHANGED,
    /** A range of the source is not one of its bytes, or cuts a character in two. */
    SOURCE_RANGE,
    /** The source's bytes are not those that were quoted. */
    QUOTE_CHANGED,
    /** The claim is said to be the quote, and is not what a reader sees of it. */
    READING_DIFFERS,
    /** The quote does not stand in the chunk that is cited. */
    QUOTE_OUTSIDE_CHUNK,
    /** The document has no such chunk. */
    CHUNK_MISSING,
    /** A passage is not what the server holds under its name. */
    PASSAGE_CHANGED,
    /** The events of the stream do not add up to the answer. */
    EVENTS_DIFFER
  }
}
