package dev.ragline.analysis;

import dev.ragline.analysis.Compound.Role;
import dev.ragline.document.Language;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The words of a part of a question by their places, in the forms of several languages. */
final class PlacedWords {
  /** What parts of a word are worth, and the digits between a number's spaces. */
  private static final double PART = 0.5;

  private static final double DIGITS = 0.2;

  private final NavigableMap<Place, Forms> words = new TreeMap<>();

  /** Chars of the question, and what stands there; null for a word as Lucene's rules have it. */
  private record Place(int start, int end, @Nullable Role role) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingInt(Place::start)
            .thenComparingInt(Place::end)
            .thenComparing(Place::role, Comparator.nullsFirst(Comparator.naturalOrder()));

    static Place of(Token token, @Nullable Role role) {
      return new Place(token.start(), token.end(), role);
    }

    /** Whether this is a part of another place. */
    boolean isWithin(Place other) {
      return other.start <= start && end <= other.end && end - start < other.end - other.start;
    }

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** What is found of a word, and the compound that it stands in. */
  private static final class Forms {
    final SortedMap<Language, Set<String>> usual = new TreeMap<>();
    final SortedMap<Language, Set<String>> alike = new TreeMap<>();
    @Nullable Compound compound;
    boolean digits;

    QuestionWord word(@Nullable Role role) {
      double weight = 1;
      if (digits) {
        weight = DIGITS;
      } else if (role == Role.PART || role == Role.PREFIX) {
        weight = PART;
      }
      return new QuestionWord(usual, alike, weight);
    }
  }

  /** Adds the words that documents of a language have. */
  void add(Language language, Terms terms) {
    for (Token token : terms.usual()) {
      Forms forms = forms(Place.of(token, null), language, token.word());
      Terms.Group group = terms.groupOf(token);
      if (group != null) {
        forms.compound = group.compound();
        forms.digits = group.isParted();
      }
      terms.withoutDiacritics(token).forEach(word -> put(forms.alike, language, word));
    }
    terms.groups().forEach(group -> add(language, group));
  }

  private void add(Language language, Terms.Group group) {
    Set<Place> usual = new HashSet<>();
    group.usual().forEach(token -> usual.add(Place.of(token, null)));
    Set<String> inner = new HashSet<>();
    group.usual().forEach(token -> inner.add(token.word()));
    group.parts().stream()
        .filter(part -> part.role() == Role.PART)
        .forEach(part -> inner.add(part.token().word()));
    for (Terms.Part part : group.parts()) {
      String word = part.token().word();
      Place same = Place.of(part.token(), null);
      Forms known = usual.contains(same) ? words.get(same) : null;
      if (known != null) {
        // Another way to write what is a word already.
        if (!known.usual.getOrDefault(language, Set.of()).contains(word)) {
          put(known.alike, language, word);
        }
      } else if (part.role() == Role.PART || part.role() == Role.PREFIX || inner.size() > 1) {
        // What has one word with content is no more than that word.
        forms(Place.of(part.token(), part.role()), language, word).compound = group.compound();
      }
    }
  }

  private Forms forms(Place place, Language language, String word) {
    Forms forms = words.computeIfAbsent(place, it -> new Forms());
    put(forms.usual, language, word);
    return forms;
  }

  private static void put(SortedMap<Language, Set<String>> words, Language language, String word) {
    words.computeIfAbsent(language, it -> new TreeSet<>()).add(word);
  }

  /** Removes what stands where some language has no word. */
  void retain(Terms own) {
    Set<Place> places = new HashSet<>();
    own.usual().forEach(token -> places.add(Place.of(token, null)));
    own.groups().stream()
        .flatMap(group -> group.parts().stream())
        .forEach(part -> places.add(Place.of(part.token(), part.role())));
    words.keySet().retainAll(places);
  }

  /** What to search by: whole words in order, then parts. */
  List<QuestionWord> words() {
    List<QuestionWord> all = new ArrayList<>();
    words.forEach((place, forms) -> all.add(forms.word(place.role)));
    all.sort(Comparator.comparingDouble(QuestionWord::weight).reversed());
    return all;
  }

  /** What the question is made of: of a compound its smallest words, each found by the larger. */
  List<QuestionWord> units() {
    List<QuestionWord> units = new ArrayList<>();
    for (Map.Entry<Place, Forms> entry : words.entrySet()) {
      Place place = entry.getKey();
      Forms forms = entry.getValue();
      if (forms.compound == null) {
        units.add(forms.word(null));
      } else if (place.role != Role.PREFIX && isSmallest(place, forms.compound)) {
        units.add(unit(place, forms, forms.compound));
      }
    }
    return units;
  }

  private boolean isSmallest(Place place, Compound compound) {
    return of(compound).keySet().stream()
        .noneMatch(it -> it.role != Role.PREFIX && it.isWithin(place));
  }

  private static QuestionWord alike(QuestionWord unit, Forms larger) {
    return unit.alsoAs(larger.usual).alsoAs(larger.alike);
  }

  private QuestionWord unit(Place place, Forms forms, Compound compound) {
    QuestionWord unit = new QuestionWord(forms.usual, forms.alike, 1);
    for (Map.Entry<Place, Forms> larger : of(compound).entrySet()) {
      if (place.isWithin(larger.getKey())) {
        unit = alike(unit, larger.getValue());
      }
    }
    return unit;
  }

  /** All words of a compound. */
  private SortedMap<Place, Forms> of(Compound compound) {
    return words.subMap(new Place(compound.start(), 0, null), new Place(compound.end(), 0, null));
  }
}
