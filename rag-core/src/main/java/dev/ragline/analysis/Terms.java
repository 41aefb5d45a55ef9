package dev.ragline.analysis;

import dev.ragline.analysis.Compound.Piece;
import dev.ragline.analysis.Compound.Role;
import dev.ragline.document.Language;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.lucene.analysis.Analyzer;
import org.jspecify.annotations.Nullable;

/** The words of a part of a text by the rules of a language, and the pieces of its compounds. */
final class Terms {
  /** Parts pieces that are analysed at once: it ends a word in every language. */
  private static final String GAP = "\n";

  private final List<Token> usual = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private final Map<Token, Set<String>> folded = new HashMap<>();

  /**
   * A compound.
   *
   * @param usual what Lucene's rules find in it
   * @param parts what its pieces are found by
   */
  record Group(Compound compound, List<Token> usual, List<Part> parts) {
    /** Whether it is one number, of which the usual words are the groups. */
    boolean isParted() {
      return usual.size() > 1
          && usual.stream().allMatch(it -> isNumber(it.word()))
          && parts.stream().anyMatch(it -> it.role != Role.PART && isNumber(it.token.word()));
    }

    private static boolean isNumber(String word) {
      return word.chars().allMatch(c -> Character.isDigit(c) || c == '.');
    }

    boolean hasUsual(String word) {
      return usual.stream().anyMatch(it -> it.word().equals(word));
    }
  }

  /**
   * A word of a piece of a compound.
   *
   * @param token where it stands in the text
   */
  record Part(Token token, Role role) {
    static Part of(Piece piece, String word) {
      return new Part(new Token(piece.start(), piece.end(), word), piece.role());
    }
  }

  private Terms() {}

  static Terms of(String text, Run run, Language rules) {
    Analyzer analyzer = Analyzers.of(rules);
    Terms terms = new Terms();
    for (Compound compound : Compound.of(text, run, NumberRules.of(rules))) {
      terms.groups.add(new Group(compound, new ArrayList<>(), new ArrayList<>()));
    }
    Token.scan(text, run, analyzer, terms::take);
    terms.addMore(text, run, analyzer);
    return terms;
  }

  /** What Lucene's rules give, in order. */
  List<Token> usual() {
    return usual;
  }

  /** The compounds, in order. */
  List<Group> groups() {
    return groups;
  }

  private void take(Token token) {
    usual.add(token);
    Group group = groupOf(token);
    if (group != null) {
      group.usual.add(token);
    }
  }

  /** The compound that holds a word, if one does. */
  @Nullable Group groupOf(Token token) {
    int low = 0;
    int high = groups.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Compound compound = groups.get(middle).compound;
      if (compound.end() <= token.start()) {
        low = middle + 1;
      } else if (compound.start() > token.start()) {
        high = middle - 1;
      } else {
        return token.end() <= compound.end() ? groups.get(middle) : null;
      }
    }
    return null;
  }

  /** How a word is found that was written without its diacritics; nothing for one without. */
  Set<String> withoutDiacritics(Token token) {
    return folded.getOrDefault(token, Set.of());
  }

  private void addMore(String text, Run run, Analyzer analyzer) {
    StringBuilder analysed = new StringBuilder();
    List<Placed> placed = new ArrayList<>();
    for (Group group : groups) {
      for (Piece piece : group.compound.pieces()) {
        Consumer<String> taker = word -> group.parts.add(Part.of(piece, word));
        if (piece.verbatim()) {
          taker.accept(piece.text());
        } else {
          add(piece.text(), taker, analysed, placed);
        }
      }
    }
    for (Token token : usual) {
      if (Characters.hasDiacritics(token.word())) {
        String written = text.substring(token.start(), token.end());
        String bare = Characters.withoutDiacritics(written);
        add(bare, word -> addFolded(token, word), analysed, placed);
      }
    }
    int[] at = {0};
    Token.scan(
        analysed.toString(),
        new Run(0, analysed.length(), run.script()),
        analyzer,
        token -> {
          while (placed.get(at[0]).end < token.end()) {
            at[0]++;
          }
          placed.get(at[0]).taker.accept(token.word());
        });
  }

  private void addFolded(Token token, String word) {
    // Rules for small letters may make one with a diacritic, as those of Turkish do.
    String bare = Characters.withoutDiacritics(word);
    if (!bare.equals(token.word())) {
      folded.computeIfAbsent(token, it -> new TreeSet<>()).add(bare);
    }
  }

  private static void add(
      String text, Consumer<String> taker, StringBuilder analysed, List<Placed> placed) {
    analysed.append(text);
    placed.add(new Placed(analysed.length(), taker));
    analysed.append(GAP);
  }

  /** Who takes the words of what ends somewhere among all that is analysed at once. */
  private record Placed(int end, Consumer<String> taker) {}
}
