package dev.ragline.presence;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What of a question must be in a text that answers it, whatever words it uses: the names, the
 * numbers, and on which side of a pair of opposites it asks. A pure function. Names and numbers are
 * told in any script with capital letters, opposites and negations in English.
 *
 * @param names inside it, in small letters
 * @param numbers without signs between their digits
 * @param words all, in small letters
 * @param negated whether it says "not"
 */
public record QuestionFocus(
    Set<String> names, Set<String> numbers, Set<String> words, boolean negated) {
  private static final Pattern NAME =
      Pattern.compile("(?<=[\\p{L}\\p{Nd},'’-] )\\p{Lu}[\\p{L}\\p{Nd}.’'-]+");
  private static final Pattern END_OF_NAME = Pattern.compile("(?:['’]s?|[.'’-]+)$");
  private static final Pattern NUMBER = Pattern.compile("\\p{Nd}+(?:[.,]\\p{Nd}+)*");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{Nd}]+");
  private static final Pattern NEGATION =
      Pattern.compile(
          "\\b(?:not|never|no|without|none|neither|nor|cannot|except|unlike|fail(?:s|ed)?"
              + "|refuse[sd]?)\\b|n['’]t\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Splitter PAIRS =
      Splitter.on(CharMatcher.anyOf("|\n")).trimResults().omitEmptyStrings();

  private static final Map<String, Set<String>> OPPOSITES =
      pairs(
          """
          first last|largest smallest|biggest smallest|longest shortest|highest lowest
          most least|most fewest|greatest least|oldest youngest|best worst|earliest latest
          nearest farthest|more fewer|more less|higher lower|older younger|earlier later
          larger smaller|longer shorter|faster slower|before after|above below|upper lower
          top bottom|left right|inside outside|north south|east west|northern southern
          eastern western|minimum maximum|increase decrease|increases decreases
          increased decreased|increasing decreasing|rise fall|rose fell|win lose|won lost
          begin end|began ended|start stop|started stopped|open close|opened closed|add remove
          create delete|enable disable|enabled disabled|allow forbid|allowed forbidden
          include exclude|included excluded|accept reject|accepted rejected|support oppose
          supported opposed|gain lose|gained lost|import export|attack defend|buy sell
          bought sold|arrive leave|arrived left|founded dissolved|cause prevent|caused prevented
          agree disagree|positive negative|public private|male female|men women|husband wife
          father mother|son daughter|brother sister|king queen|majority minority|major minor
          strong weak|high low|large small|long short|old new|early late|modern ancient
          rich poor|good bad|hot cold|warm cold|wet dry|day night|summer winter|fast slow
          thick thin|wide narrow|light dark|heavy light|full empty|easy difficult|simple complex
          common rare|urban rural|same different|similar different|internal external
          direct indirect|formal informal|legal illegal|possible impossible|stable unstable
          mutable immutable|known unknown|permanent temporary|success failure|victory defeat
          birth death|born died|friend enemy|ally enemy|alive dead\
          """);

  public QuestionFocus {
    names = Set.copyOf(names);
    numbers = Set.copyOf(numbers);
    words = Set.copyOf(words);
  }

  private static Map<String, Set<String>> pairs(String list) {
    Map<String, Set<String>> opposites = new HashMap<>();
    for (String pair : PAIRS.split(list)) {
      List<String> two = Splitter.on(' ').splitToList(pair);
      opposites.computeIfAbsent(two.getFirst(), any -> new HashSet<>()).add(two.getLast());
      opposites.computeIfAbsent(two.getLast(), any -> new HashSet<>()).add(two.getFirst());
    }
    return opposites;
  }

  /** What a question must find. */
  public static QuestionFocus of(String question) {
    return new QuestionFocus(
        NAME.matcher(question)
            .results()
            .map(name -> END_OF_NAME.matcher(name.group()).replaceFirst(""))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet()),
        numbers(question),
        words(question),
        NEGATION.matcher(question).find());
  }

  private static Set<String> numbers(String text) {
    return NUMBER
        .matcher(text)
        .results()
        .map(number -> number.group().replaceAll("[.,]", ""))
        .collect(Collectors.toSet());
  }

  private static Set<String> words(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  /**
   * What a text lacks.
   *
   * @param text all of it, with its headings
   * @param near the part of it that is nearest to the question, a sentence or a few
   */
  public Lack in(String text, String near) {
    String small = text.toLowerCase(Locale.ROOT);
    Set<String> all = numbers(text);
    Set<String> nearWords = words(near);
    return new Lack(
        count(names, name -> !small.contains(name)),
        count(numbers, number -> !all.contains(number)),
        count(words, word -> isOpposed(word, nearWords)),
        negated != NEGATION.matcher(near).find());
  }

  private static boolean isOpposed(String word, Set<String> near) {
    return !near.contains(word)
        && OPPOSITES.getOrDefault(word, Set.of()).stream().anyMatch(near::contains);
  }

  private static int count(Set<String> of, Predicate<String> which) {
    return (int) of.stream().filter(which).count();
  }
}
