package dev.ragline.answering.extractive;

import dev.ragline.answering.extractive.Sentence.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which of the sentences of passages announces which: a sentence the list, the table or the code
 * that comes after it, an item what is nested in it.
 */
final class Structure {
  private final List<Sentence> all;
  private final Map<Sentence, Integer> places = new HashMap<>();

  /**
   * @param all by passage, and as they stand there
   */
  Structure(List<Sentence> all) {
    this.all = all;
    for (int i = 0; i < all.size(); i++) {
      places.putIfAbsent(all.get(i), i);
    }
  }

  /** Where a sentence is among all. */
  int placeOf(Sentence sentence) {
    return places.getOrDefault(sentence, -1);
  }

  Sentence at(int place) {
    return all.get(place);
  }

  int size() {
    return all.size();
  }

  /** Whether two stand in one section, and so may belong together. */
  boolean together(int one, int other) {
    return one >= 0
        && other < all.size()
        && one < all.size()
        && other >= 0
        && all.get(one).section().continues(all.get(other).section());
  }

  /** The end of what a sentence announces, which begins behind it; that place for nothing. */
  int announcedEnd(int place) {
    Sentence sentence = all.get(place);
    int next = place + 1;
    if (!together(place, next) || isOfBlock(place, next) || sentence.kind() == Kind.CODE) {
      return next;
    }
    Sentence after = all.get(next);
    if (after.kind() == Kind.CODE) {
      return runEnd(next, Kind.CODE);
    }
    if (after.place().isRow()) {
      return sentence.place().isRow() ? next : rowsEnd(next);
    }
    if (after.place().level() > sentence.place().level()) {
      int end = next;
      while (together(place, end) && at(end).place().level() > sentence.place().level()) {
        end++;
      }
      return end;
    }
    return sentence.endsInColon() ? next + 1 : next;
  }

  private boolean isOfBlock(int one, int other) {
    int block = all.get(one).place().block();
    return block >= 0 && block == all.get(other).place().block();
  }

  private int runEnd(int from, Kind kind) {
    int end = from;
    while (together(from, end) && at(end).kind() == kind) {
      end++;
    }
    return end;
  }

  private int rowsEnd(int from) {
    int end = from;
    while (together(from, end) && at(end).place().isRow()) {
      end++;
    }
    return end;
  }

  /** Those that announce a sentence, the nearest first. */
  List<Integer> announcing(int place) {
    List<Integer> found = new ArrayList<>();
    int level = Integer.MAX_VALUE;
    for (int i = place - 1; together(i, place); i--) {
      // What stands as deep as one that announces it cannot hold that.
      boolean above = at(i).place().level() < level || found.isEmpty();
      if (above && announcedEnd(i) > place) {
        found.add(i);
        level = at(i).place().level();
        if (level == 0) {
          break;
        }
      }
    }
    return found;
  }

  /** The row of column names above a row; -1 where it is not known. */
  int headerOf(int row) {
    for (int i = row - 1; together(i, row) && at(i).place().isRow(); i--) {
      if (at(i).kind() == Kind.HEADER) {
        return i;
      }
    }
    return -1;
  }

  /** The first block of the code that a block stands in, which may be cut over chunks. */
  int firstOfCode(int code) {
    int first = code;
    while (together(first - 1, code) && at(first - 1).kind() == Kind.CODE) {
      first--;
    }
    return first;
  }

  int endOfCode(int code) {
    return runEnd(code, Kind.CODE);
  }

  /** Those that can be quoted, in order. */
  List<Sentence> answering() {
    return IntStream.range(0, all.size()).filter(this::answers).mapToObj(all::get).toList();
  }

  /** Whether it is a step or a command, or announces some. */
  boolean tellsHow(int place) {
    Sentence sentence = all.get(place);
    if (sentence.kind() == Kind.CODE || sentence.place().isStep()) {
      return true;
    }
    int next = place + 1;
    return announcedEnd(place) > next
        && (at(next).kind() == Kind.CODE || at(next).place().isStep());
  }

  /** Whether it announces a list. */
  boolean announcesList(int place) {
    int next = place + 1;
    return announcedEnd(place) > next && at(next).kind() == Kind.ITEM;
  }

  /** Whether a sentence is worth quoting: what announces nothing at hand is not. */
  boolean answers(int place) {
    Sentence sentence = all.get(place);
    if (sentence.kind() == Kind.HEADER) {
      return false;
    }
    return !sentence.endsInColon() || announcedEnd(place) > place + 1;
  }
}
