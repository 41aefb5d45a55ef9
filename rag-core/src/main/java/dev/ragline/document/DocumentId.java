package dev.ragline.document;

import java.nio.charset.StandardCharsets;

/**
 * The last segment of {@code corpora/{corpus}/documents/{document}}: 1 to 512 bytes of UTF-8
 * without {@code /} and control characters, not beginning or ending with white space. Ordered as
 * their bytes are, which is the order of every store.
 */
public record DocumentId(String value) implements Comparable<DocumentId> {
  private static final int MAX_BYTES = 512;

  public DocumentId {
    int bytes = value.getBytes(StandardCharsets.UTF_8).length;
    boolean unusable =
        value.codePoints().anyMatch(c -> c == '/' || Character.isISOControl(c) || isSurrogate(c));
    if (bytes == 0 || bytes > MAX_BYTES || unusable || !value.equals(value.strip())) {
      throw RagException.invalid(
          "document",
          "a document id is 1 to 512 bytes of UTF-8 without '/', control characters"
              + " and white space at its ends");
    }
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** The resource name, {@code corpora/{corpus}/documents/{document}}. */
  public String resourceName(CorpusId corpus) {
    return corpus.resourceName() + "/documents/" + value;
  }

  @Override
  public int compareTo(DocumentId other) {
    int shorter = Math.min(value.length(), other.value.length());
    for (int i = 0; i < shorter; i++) {
      char mine = value.charAt(i);
      char theirs = other.value.charAt(i);
      if (mine != theirs) {
        // Bytes of UTF-8 sort as code points do; UTF-16 has those above U+FFFF below U+E000.
        boolean above = Character.isSurrogate(mine);
        return above == Character.isSurrogate(theirs) ? mine - theirs : above ? 1 : -1;
      }
    }
    return value.length() - other.value.length();
  }

  @Override
  public String toString() {
    return value;
  }
}
