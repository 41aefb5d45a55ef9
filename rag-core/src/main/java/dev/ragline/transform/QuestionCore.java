package dev.ragline.transform;

import dev.ragline.document.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is asked in what a user typed: without greetings, thanks and politeness, and without logs
 * and manifests that were pasted beside the question. Where the question says too little by itself,
 * what it points to stays: the sentence before it, or the failure that the log tells of. A pure
 * function.
 */
final class QuestionCore {
  /** Chars of prose that are one question, all of it; of more, those sentences count that ask. */
  private static final int ONE_QUESTION = 240;

  /** Chars that are taken of a pasted line. */
  private static final int LINE = 160;

  private static final String ENDS = ".!?؟";
  private static final String UNSPACED_ENDS = "。！？";
  private static final String BEHIND_END = "\"”'’)";

  private static final Pattern ASKS =
      Pattern.compile(
          ".*[?？؟][\\s\"”'’)]*|(?:how|what|which|who|whom|whose|when|where|why|is|are|do|does|did"
              + "|can|could|should|wie|was|welche[rsmn]?|wer|wann|wo|warum|comment|quel(?:le)?s?|qui"
              + "|quand|où|pourquoi|come|quale|quali|chi|quando|dove|perché|cómo|qué|cuál(?:es)?"
              + "|quién|cuándo|dónde|como|qual|quais|quem|onde|как|что|какой|какая|какие|кто|когда"
              + "|где|почему|jak|co|który|kto|kiedy|gdzie|dlaczego)(?!\\p{L}).*",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);

  private static final Pattern FAILURE =
      Pattern.compile(
          "(?i).*(?:error|fail|exception|denied|refused|unable|cannot|can't|could not|timed?"
              + " ?out|not"
              + " found|forbidden|invalid|unauthori[sz]ed|back-?off|crash|kill|evict|panic|fatal"
              + "|warn|unknown|unhealthy|pending|exceeded).*");

  /** What is another one each time in a log: times, levels, identifiers, addresses. */
  private static final Pattern NOISE =
      Pattern.compile(
          "\\d{4}[-/.]\\d\\d[-/.]\\d\\d[T ]?|\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d+)?Z?"
              + "|[+-]\\d\\d:?\\d\\d\\b|^[IWEF]\\d{4}\\b|\\b\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\b"
              + "|\\b0x\\p{XDigit}+\\b|\\b(?=\\p{XDigit}*\\d)\\p{XDigit}{8,}\\b|\\b\\d+\\.\\d+\\.\\d+\\.\\d+(?::\\d+)?\\b"
              + "|\\b(?:ERROR|WARN(?:ING)?|INFO|DEBUG|TRACE|FATAL|SEVERE)\\b:?"
              + "|\\b(?:time|level|ts|msg|err|error)=|\\[[\\w.-]+\\]|[\\w-]+\\.go:\\d+\\]?");

  private static final Pattern SPACE = Pattern.compile("\\s+");

  private QuestionCore() {}

  /** The core; the text itself where nothing can be left aside. */
  static String of(String text) {
    PastedText parts = PastedText.of(text);
    List<String> sentences = sentences(parts.prose());
    String core = asked(sentences);
    if (!parts.pasted().isEmpty() && saysLittle(core)) {
      core = (core + " " + failure(parts.pasted())).strip();
    }
    boolean says = core.codePoints().anyMatch(Character::isLetterOrDigit);
    return says && !core.equals(SPACE.matcher(text.strip()).replaceAll(" ")) ? core : text;
  }

  /** The sentences without courtesies; those that are nothing else are left out. */
  private static List<String> sentences(String prose) {
    List<String> sentences = new ArrayList<>();
    boolean closed = false;
    for (String sentence : split(prose)) {
      String rest = Courtesies.without(sentence);
      boolean signed = closed && isName(rest);
      if (rest.codePoints().anyMatch(Character::isLetterOrDigit) && !signed) {
        sentences.add(rest);
      }
      closed = rest.isBlank() && !sentences.isEmpty();
    }
    return sentences;
  }

  /** Lines, cut behind the signs that end a sentence and have a space behind them. */
  private static List<String> split(String prose) {
    List<String> sentences = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < prose.length(); i++) {
      if (prose.charAt(i) == '\n' || isEnd(prose, i)) {
        sentences.add(prose.substring(start, i + 1));
        start = i + 1;
      }
    }
    sentences.add(prose.substring(start));
    return sentences;
  }

  private static boolean isEnd(String text, int at) {
    char sign = text.charAt(at);
    char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    if (UNSPACED_ENDS.indexOf(sign) >= 0) {
      return UNSPACED_ENDS.indexOf(next) < 0;
    }
    boolean behind = at > 0 && BEHIND_END.indexOf(sign) >= 0;
    char end = behind ? text.charAt(at - 1) : sign;
    return ENDS.indexOf(end) >= 0 && Character.isWhitespace(next);
  }

  /** Whether it may be who wrote, below the thanks. */
  private static boolean isName(String text) {
    return text.matches("\\p{Lu}[\\p{L}.'’-]*(?:\\s+\\p{Lu}[\\p{L}.'’-]*){0,2}");
  }

  private static String asked(List<String> sentences) {
    if (sentences.stream().mapToInt(String::length).sum() <= ONE_QUESTION) {
      return String.join(" ", sentences);
    }
    List<String> asking = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i++) {
      if (ASKS.matcher(sentences.get(i)).matches()) {
        if (i > 0 && asking.isEmpty() && saysLittle(sentences.get(i))) {
          asking.add(sentences.get(i - 1));
        }
        asking.add(sentences.get(i));
      }
    }
    return String.join(" ", asking.isEmpty() ? sentences : asking);
  }

  /** Whether what is asked stands elsewhere. */
  private static boolean saysLittle(String question) {
    return question.isBlank() || FollowUp.is(question, Language.ENGLISH);
  }

  /** The line that tells what went wrong, of a chain of causes the last; else how it begins. */
  private static String failure(List<String> pasted) {
    List<String> failures =
        pasted.stream().filter(line -> FAILURE.matcher(line).matches()).toList();
    String line =
        failures.stream()
            .filter(it -> it.startsWith("Caused by:"))
            .reduce((first, second) -> second)
            .or(() -> failures.stream().findFirst())
            .orElseGet(() -> pasted.stream().limit(3).collect(Collectors.joining(" ")));
    String plain = SPACE.matcher(NOISE.matcher(line).replaceAll(" ")).replaceAll(" ").strip();
    int end = plain.length() <= LINE ? plain.length() : Math.max(0, plain.lastIndexOf(' ', LINE));
    return plain.substring(0, end == 0 ? Math.min(LINE, plain.length()) : end);
  }
}
