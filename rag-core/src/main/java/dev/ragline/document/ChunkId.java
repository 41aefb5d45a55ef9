package dev.ragline.document;

/**
 * A chunk's place: its document and its ordinal there, from 0. Ordered by document, then ordinal.
 */
public record ChunkId(DocumentId document, int ordinal) implements Comparable<ChunkId> {
  public ChunkId {
    if (ordinal < 0) {
      throw RagException.invalid("chunk", "a chunk's ordinal counts from 0");
    }
  }

  /** The resource name, {@code corpora/{corpus}/documents/{document}/chunks/{ordinal}}. */
  public String resourceName(CorpusId corpus) {
    return document.resourceName(corpus) + "/chunks/" + ordinal;
  }

  @Override
  public int compareTo(ChunkId other) {
    int byDocument = document.compareTo(other.document);
    return byDocument != 0 ? byDocument : Integer.compare(ordinal, other.ordinal);
  }
}
