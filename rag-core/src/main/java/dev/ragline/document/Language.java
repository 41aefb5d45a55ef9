package dev.ragline.document;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A language that texts are searched in, by its tag of BCP 47, without region and script: {@code
 * de}, {@code pt}. {@link #UNDETERMINED} stands for texts of which nobody said what they are in.
 */
public record Language(String tag) implements Comparable<Language> {
  /** Those whose words are brought to a common form, or found in texts without spaces. */
  private static final List<String> ANALYSED =
      List.of(
          """
          ar bg bn ca ckb cs da de el en es et eu fa fi fr ga gl hi hu hy id it ja ko lt lv ms ne nl
          no pl pt ro ru sr sv ta te th tr uk zh\
          """
              .split("\\s+"));

  /** Those whose words are compared without regard to case and diacritics only. */
  private static final List<String> FOLDED =
      List.of(
          "af az be bs cy gu he hr is ka kk km kn ky lo mk ml mn mr my pa si sk sl sq sw tl ur uz vi"
              .split(" "));

  private static final SortedSet<String> KNOWN = known();

  /** Other tags of the same. */
  private static final Map<String, String> SAME =
      Map.of("nb", "no", "nn", "no", "fil", "tl", "cmn", "zh", "iw", "he", "in", "id");

  public static final Language UNDETERMINED = new Language("und");
  public static final Language ENGLISH = new Language("en");
  public static final Language CHINESE = new Language("zh");
  public static final Language JAPANESE = new Language("ja");
  public static final Language KOREAN = new Language("ko");

  public Language {
    if (!KNOWN.contains(tag)) {
      throw RagException.invalid(
          "language", "'%s' is not one of %s".formatted(tag, String.join(", ", KNOWN)));
    }
  }

  /**
   * Reads a tag; region and script are passed over, so that {@code en-US} is {@code en}.
   *
   * @throws RagException INVALID_ARGUMENT, naming those there are, for any other language
   */
  public static Language parse(String tag) {
    String language = tag.strip().replace('_', '-').split("-", 2)[0].toLowerCase(Locale.ROOT);
    return new Language(SAME.getOrDefault(language, language));
  }

  /** All languages there are, by tag. */
  public static List<Language> all() {
    return KNOWN.stream().map(Language::new).toList();
  }

  private static SortedSet<String> known() {
    SortedSet<String> known = new TreeSet<>(ANALYSED);
    known.addAll(FOLDED);
    known.add("und");
    return Collections.unmodifiableSortedSet(known);
  }

  @Override
  public int compareTo(Language other) {
    return tag.compareTo(other.tag);
  }

  @Override
  public String toString() {
    return tag;
  }
}
