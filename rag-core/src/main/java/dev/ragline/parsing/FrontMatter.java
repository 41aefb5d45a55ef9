package dev.ragline.parsing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a document says of itself before its text: titles, tags, dates.
 *
 * @param entries the values at the top level that are a scalar or a list of such, by their keys, in
 *     their order
 * @param problem what of it cannot be read, in one line; null where all can
 */
public record FrontMatter(Map<String, Entry> entries, @Nullable String problem) {
  /** A document that says nothing of itself. */
  public static final FrontMatter NONE = new FrontMatter(Map.of(), null);

  /**
   * A value as it is written, since only the corpus's schema knows what it is: {@code 1.10} may be
   * a version.
   *
   * @param texts one, or those of a list
   * @param list whether it is written as a list
   */
  public record Entry(List<String> texts, boolean list) {
    public Entry {
      texts = List.copyOf(texts);
      if (!list && texts.size() != 1) {
        throw new IllegalArgumentException("a scalar has one text");
      }
    }

    static Entry scalar(String text) {
      return new Entry(List.of(text), false);
    }
  }

  public FrontMatter {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** What the document calls itself, if it does. */
  Optional<String> title() {
    return entry("title")
        .filter(entry -> !entry.list() && !entry.texts().getFirst().isBlank())
        .map(entry -> HeadingText.shorten(entry.texts().getFirst()));
  }

  /** The value of a key; where none is spelled like this, of one that is but for its case. */
  private Optional<Entry> entry(String key) {
    Entry same = entries.get(key);
    return same != null
        ? Optional.of(same)
        : entries.entrySet().stream()
            .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).equals(key))
            .map(Map.Entry::getValue)
            .findFirst();
  }
}
