package dev.ragline.answering.extractive;

import dev.ragline.answering.extractive.Sentence.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Brings what chosen sentences are not understood without: the names of a row's columns, a lead-in
 * and what it announces, the subject of a sentence that begins with "This". For one answer.
 */
final class Completion {
  /** Sentences of a list, or rows of a table, that are quoted with what announces them. */
  private static final int MOST_ANNOUNCED = 12;

  /** Chars of them. */
  private static final int MOST_CHARS = 2500;

  /** Chars of an item that is quoted with one that is nested in it. */
  private static final int SHORT_PARENT = 240;

  /** How a sentence begins that says nothing without the one before it. */
  private static final Pattern DEMONSTRATIVE =
      Pattern.compile(
          "(?:This|These|That|Those|Dies(?:e[rsmn]?)?|Questo|Questa|Questi|Queste|Cela|Ceci|Ce|Cette"
              + "|Ces|Esto|Este|Esta|Estos|Estas|Это|Этот|Эта|Эти)(?!\\p{L})|[这這此]|これ|この|이것|이는|هذا|هذه");

  private final Structure structure;
  private final QuestionKind kind;
  private final Set<Integer> places = new TreeSet<>();
  private final Set<Integer> subjects = new TreeSet<>();

  private Completion(Structure structure, QuestionKind kind) {
    this.structure = structure;
    this.kind = kind;
  }

  /**
   * What is shown of an answer.
   *
   * @param subject whether it only says what the next one is about
   */
  record Shown(Sentence sentence, boolean subject) {}

  /**
   * All to be quoted, the passage of the first that was chosen first.
   *
   * @param chosen at least one
   */
  static List<Shown> of(Collection<Sentence> chosen, Structure structure, QuestionKind kind) {
    Completion completion = new Completion(structure, kind);
    chosen.forEach(sentence -> completion.add(structure.placeOf(sentence)));
    return completion.shown(chosen.iterator().next().section().passage());
  }

  private void add(int place) {
    switch (structure.at(place).kind()) {
      case ROW -> addRow(place);
      case CODE -> addCode(place);
      case PROSE, ITEM -> addSentence(place);
      case HEADER -> {}
    }
  }

  private void addRow(int place) {
    int header = structure.headerOf(place);
    if (header >= 0) {
      places.add(header);
    }
    places.add(place);
  }

  private void addCode(int place) {
    int first = structure.firstOfCode(place);
    int before = first - 1;
    if (structure.together(before, place) && !structure.at(before).place().isRow()) {
      places.add(before);
    }
    IntStream.range(first, structure.endOfCode(place)).forEach(places::add);
  }

  private void addSentence(int place) {
    Sentence sentence = structure.at(place);
    for (int above : structure.announcing(place)) {
      Sentence lead = structure.at(above);
      boolean parent = lead.kind() == Kind.ITEM && lead.text().length() <= SHORT_PARENT;
      if (parent || lead.endsInColon()) {
        places.add(above);
        if (wantsList(lead, sentence)) {
          addAnnounced(above, place);
        }
      }
    }
    places.add(place);
    int end = structure.announcedEnd(place);
    if (end > place + 1 && (sentence.endsInColon() || wantsWhatFollows(place + 1))) {
      addAnnounced(place, place + 1);
    }
    addSubject(place);
  }

  /** Whether an item is only a part of what is asked for. */
  private boolean wantsList(Sentence lead, Sentence item) {
    return lead.kind() == Kind.PROSE
        && ((kind == QuestionKind.HOW_TO && item.place().isStep()) || kind == QuestionKind.LIST);
  }

  private boolean wantsWhatFollows(int place) {
    Sentence next = structure.at(place);
    return switch (kind) {
      case HOW_TO -> next.kind() == Kind.CODE || next.place().isStep();
      case LIST -> next.kind() == Kind.ITEM;
      case HOW_MANY, WHEN, WHO, WHERE, OTHER -> false;
    };
  }

  /** What a sentence announces, from its beginning on, as far as there is room. */
  private void addAnnounced(int place, int wanted) {
    int chars = 0;
    int count = 0;
    int end = structure.announcedEnd(place);
    for (int i = place + 1; i < end; i++) {
      Sentence next = structure.at(i);
      chars += next.text().length();
      count++;
      boolean room = count <= MOST_ANNOUNCED && chars <= MOST_CHARS;
      if (room || i == place + 1 || i == wanted || (next.kind() == Kind.CODE && count < 3)) {
        places.add(i);
      }
    }
    // An item's own code and sub-items come with it.
    if (structure.at(place).endsInColon() && end == place + 2) {
      int only = place + 1;
      if (structure.at(only).endsInColon()) {
        addAnnounced(only, wanted);
      }
    }
  }

  private void addSubject(int place) {
    Sentence sentence = structure.at(place);
    int before = place - 1;
    IntPredicate prose =
        i -> structure.at(i).kind() == Kind.PROSE || structure.at(i).kind() == Kind.ITEM;
    if (DEMONSTRATIVE.matcher(sentence.text()).lookingAt()
        && structure.together(before, place)
        && prose.test(before)
        && structure.at(before).place().level() <= sentence.place().level()
        && places.add(before)) {
      subjects.add(before);
    }
  }

  private List<Shown> shown(int first) {
    List<Integer> order =
        IntStream.concat(
                places.stream().mapToInt(i -> i).filter(i -> passage(i) == first),
                places.stream().mapToInt(i -> i).filter(i -> passage(i) != first))
            .boxed()
            .toList();
    return order.stream()
        .filter(this::isFollowed)
        .map(i -> new Shown(structure.at(i), subjects.contains(i)))
        .toList();
  }

  private int passage(int place) {
    return structure.at(place).section().passage();
  }

  /** Whether what a sentence announces is shown, too, if it only announces. */
  private boolean isFollowed(int place) {
    return !structure.at(place).endsInColon()
        || IntStream.range(place + 1, structure.announcedEnd(place)).anyMatch(places::contains);
  }
}
