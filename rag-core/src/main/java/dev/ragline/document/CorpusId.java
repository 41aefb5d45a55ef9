package dev.ragline.document;

import java.util.regex.Pattern;

/**
 * The last segment of {@code corpora/{corpus}}: 1 to 63 letters, digits, {@code _} and {@code -}.
 */
public record CorpusId(String value) implements Comparable<CorpusId> {
  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

  public CorpusId {
    if (!VALID.matcher(value).matches()) {
      throw RagException.invalid(
          "corpus", "a corpus id is 1 to 63 of A-Z a-z 0-9 _ - and begins with a letter or digit");
    }
  }

  /** The resource name, {@code corpora/{corpus}}. */
  public String resourceName() {
    return "corpora/" + value;
  }

  @Override
  public int compareTo(CorpusId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
