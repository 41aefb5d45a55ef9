package dev.ragline.store;

import dev.ragline.document.CorpusId;
import dev.ragline.document.RagException;

/**
 * Why a corpus can be neither read nor written. It can be deleted, and all other corpora are
 * served.
 *
 * @param description what is wrong, for people: {@code its index is damaged}
 */
public record CorpusFault(Kind kind, String description) {
  /** What kind of fault it is. */
  public enum Kind {
    /** What the store holds of it is not what the store wrote. */
    DAMAGED,
    /** Another version of Ragline wrote it, in a way that this one does not know. */
    OTHER_VERSION
  }

  /** The reason of a call on a damaged corpus. */
  public static final String BROKEN = "CORPUS_BROKEN";

  /** The reason of a call on a corpus of another version. */
  public static final String OTHER_VERSION = "CORPUS_VERSION";

  /** Something is not what was written. */
  public static CorpusFault damaged(String description) {
    return new CorpusFault(Kind.DAMAGED, description);
  }

  /** Something was written by another version. */
  public static CorpusFault otherVersion(String description) {
    return new CorpusFault(Kind.OTHER_VERSION, description);
  }

  /** Whether a call failed because of a fault. */
  public static boolean isBehind(RagException failure) {
    return failure.reason().equals(BROKEN) || failure.reason().equals(OTHER_VERSION);
  }

  /** What reading and writing the corpus fails with. */
  public RagException refusal(CorpusId id) {
    return switch (kind) {
      case DAMAGED ->
          RagException.failedPrecondition(
              BROKEN,
              id.resourceName(),
              "corpus %s is broken: %s; restore it from a backup, or delete it"
                  .formatted(id, description));
      case OTHER_VERSION ->
          RagException.failedPrecondition(
              OTHER_VERSION,
              id.resourceName(),
              "corpus %s cannot be read by this version: %s".formatted(id, description));
    };
  }
}
