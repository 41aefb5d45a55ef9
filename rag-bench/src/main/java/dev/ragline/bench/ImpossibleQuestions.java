package dev.ragline.bench;

import dev.ragline.bench.SquadFile.Paragraph;
import dev.ragline.bench.SquadFile.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes of questions with answers others that keep to the topic and have none, in the ways in which
 * SQuAD 2.0's annotators did (Rajpurkar, Jia and Liang, 2018): another name, another number, the
 * opposite, a negation, or another thing that the article is about.
 */
final class ImpossibleQuestions {
  private static final Pattern NAME =
      Pattern.compile("(?<=[\\p{Ll}\\d,] )\\p{Lu}[\\p{L}'’-]+(?: \\p{Lu}[\\p{L}'’-]+)*");
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\p{L}\\d])\\d[\\d,.]*\\d|(?<![\\p{L}\\d])\\d");
  private static final Pattern WORD = Pattern.compile("\\b\\p{Ll}{5,}\\b");
  private static final Pattern AUXILIARY =
      Pattern.compile("\\b(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would)\\b");

  private static final Map<String, String> OPPOSITES = opposites();

  private final Map<Integer, List<Question>> byArticle;
  private final Random random;

  /**
   * @param seed of what is drawn
   */
  ImpossibleQuestions(List<Question> questions, long seed) {
    byArticle = questions.stream().collect(Collectors.groupingBy(q -> q.paragraph().article()));
    random = new Random(seed);
  }

  private static Map<String, String> opposites() {
    return """
    first last|largest smallest|most least|more fewer|before after|north south|east west
    northern southern|eastern western|increase decrease|increased decreased|highest lowest
    higher lower|early late|earlier later|oldest youngest|old new|win lose|won lost|begin end
    began ended|start stop|started stopped|allow forbid|allowed forbidden|include exclude
    included excluded|positive negative|public private|male female|men women|above below
    minimum maximum|majority minority|strong weak|high low|large small|long short|support oppose
    supported opposed|accept reject|accepted rejected|open close|opened closed|gain lose
    gained lost|success failure|rich poor|good bad|best worst|inside outside|summer winter
    buy sell|bought sold|founded dissolved|arrive leave|arrived left|friend enemy|easy difficult
    common rare|internal external|major minor|cause prevent|caused prevented|agree disagree
    """
        .lines()
        .flatMap(line -> Stream.of(line.split("\\|")))
        .map(pair -> pair.strip().split(" "))
        .flatMap(pair -> Stream.of(Map.entry(pair[0], pair[1]), Map.entry(pair[1], pair[0])))
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first));
  }

  /** A question that looks like one to the same paragraph; empty where no way is found. */
  Optional<String> of(Question question) {
    List<String> made = new ArrayList<>();
    swapped(question, NAME).ifPresent(made::add);
    swapped(question, NUMBER).ifPresent(made::add);
    opposite(question.text()).ifPresent(made::add);
    otherThing(question).ifPresent(made::add);
    negated(question.text()).filter(any -> random.nextInt(2) == 0).ifPresent(made::add);
    made.remove(question.text());
    return made.isEmpty() ? Optional.empty() : Optional.of(made.get(random.nextInt(made.size())));
  }

  /** Another name or number of the paragraph in place of the question's own. */
  private Optional<String> swapped(Question question, Pattern pattern) {
    Paragraph paragraph = question.paragraph();
    return any(pattern, question.text())
        .flatMap(
            own ->
                one(pattern
                        .matcher(paragraph.text())
                        .results()
                        .map(MatchResult::group)
                        .filter(other -> !question.text().contains(other))
                        .filter(other -> !own.group().contains(other))
                        .filter(other -> !question.answers().contains(other))
                        .toList())
                    .map(other -> replace(question.text(), own, other)));
  }

  private static Optional<String> opposite(String text) {
    return Pattern.compile("\\b\\p{Ll}+\\b")
        .matcher(text)
        .results()
        .filter(word -> OPPOSITES.containsKey(word.group()))
        .findFirst()
        .map(word -> replace(text, word, OPPOSITES.getOrDefault(word.group(), "")));
  }

  private static Optional<String> negated(String text) {
    return AUXILIARY
        .matcher(text)
        .results()
        .findFirst()
        .map(
            word -> {
              // Behind the subject, which "who" is itself.
              boolean own = text.startsWith("Who ");
              int subject = text.indexOf(' ', Math.min(text.length(), word.end() + 1));
              int end = own || subject < 0 ? word.end() : subject;
              return text.substring(0, end) + " never" + text.substring(end);
            });
  }

  /** A word of another question about the article, of which the paragraph says nothing. */
  private Optional<String> otherThing(Question question) {
    Paragraph paragraph = question.paragraph();
    List<Question> others = byArticle.getOrDefault(paragraph.article(), List.of());
    Question other = others.get(random.nextInt(others.size()));
    Optional<MatchResult> word =
        any(WORD, other.text()).filter(it -> !paragraph.text().contains(it.group()));
    Optional<MatchResult> own =
        any(WORD, question.text()).filter(it -> paragraph.text().contains(it.group()));
    return word.flatMap(w -> own.map(o -> replace(question.text(), o, w.group())));
  }

  private Optional<MatchResult> any(Pattern pattern, String text) {
    return one(pattern.matcher(text).results().toList());
  }

  private <T> Optional<T> one(List<T> of) {
    List<T> shuffled = new ArrayList<>(of);
    Collections.shuffle(shuffled, random);
    return shuffled.stream().findFirst();
  }

  private static String replace(String text, MatchResult at, String by) {
    return text.substring(0, at.start()) + by + text.substring(at.end());
  }
}
