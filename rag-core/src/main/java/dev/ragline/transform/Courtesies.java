package dev.ragline.transform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What people say around a question to be polite: greetings, "can you tell me", thanks, and a name
 * at the end. Of the languages that are asked in most. Each is looked for at the beginning or the
 * end of a sentence only, where it hardly ever is what is asked about.
 */
final class Courtesies {
  private static final Map<String, List<String>> SECTIONS = sections();

  private static final String BETWEEN = "[\\s,.!:;~…、。，！：；）)\\-–—?？؟،؛¿¡]*";
  private static final String END = "(?![\\p{L}\\p{M}\\p{N}])";

  /** A greeting may name whom it is to, up to a comma. */
  private static final Pattern GREETING =
      compile(
          "\\A(?:"
              + any("GREETINGS")
              + ")"
              + END
              + "(?: (?:"
              + any("VOCATIVES")
              + ")"
              + END
              + ")*");

  private static final Pattern NAMED =
      Pattern.compile("\\A(?:\\s+\\p{Lu}[\\p{L}.'’-]*){1,4}\\s*(?:[,!:]|\\z)");

  /** After a request comes "if" or "whether", which asks nothing by itself. */
  private static final Pattern REQUEST =
      compile(
          "\\A(?:"
              + any("REQUESTS")
              + ")"
              + END
              + "(?:,? (?:if|whether|ob|si|se|czy)"
              + END
              + ")?");

  private static final Pattern CLOSING_FIRST =
      compile("\\A(?:" + any("CLOSINGS", "SIGN_OFFS") + ")" + END);
  private static final Pattern CLOSING =
      compile("(?<![\\p{L}\\p{M}\\p{N}])(?:" + any("CLOSINGS") + ")" + BETWEEN + "\\z");
  private static final Pattern SIGN_OFF =
      compile("(?:\\A|[.!?,;:。！？，؟،–—-])\\s*(?:" + any("SIGN_OFFS") + ")" + BETWEEN + "\\z");
  private static final Pattern UNSPACED_OPENING =
      compile("\\A(?:" + any("UNSPACED_OPENINGS") + ")");
  private static final Pattern UNSPACED_CLOSING =
      compile("(?:" + any("UNSPACED_CLOSINGS") + ")" + BETWEEN + "\\z");

  /** Behind these a courtesy is what is asked about. */
  private static final Pattern MENTIONED =
      compile(
          "(?:say|says|saying|mean|means|word|phrase|write|spell|sagt?|sagen|heißt|dire|decir)\\s+\\z");

  private static final Pattern LEADING = Pattern.compile("\\A" + BETWEEN);

  /** Words from which what comes behind a greeting without a comma may be a question. */
  private static final int QUESTION = 3;

  /** Chars of a word before it that tell that it is mentioned. */
  private static final int MENTION = 16;

  /** Courtesies of a sentence, on either side; more are none. */
  private static final int MOST = 8;

  /** Chars of a courtesy at the end. */
  private static final int TAIL = 120;

  private Courtesies() {}

  private static String any(String... sections) {
    return Arrays.stream(sections)
        .flatMap(section -> SECTIONS.getOrDefault(section, List.of()).stream())
        .collect(Collectors.joining("|"));
  }

  /** The lines of the list, by section. */
  private static Map<String, List<String>> sections() {
    Map<String, List<String>> sections = new HashMap<>();
    List<String> section = new ArrayList<>();
    for (String line : list().lines().toList()) {
      if (line.startsWith("[") && line.endsWith("]")) {
        section = new ArrayList<>();
        sections.put(line.substring(1, line.length() - 1), section);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        section.add(line);
      }
    }
    return sections;
  }

  private static String list() {
    try (InputStream list = Courtesies.class.getResourceAsStream("courtesies.txt")) {
      return new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("a list of our own can always be read", e);
    }
  }

  private static Pattern compile(String pattern) {
    String spaced = pattern.replace("'", "['’]").replace(" ", "\\s+");
    return Pattern.compile(spaced, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** A sentence without them; empty where it is nothing else. */
  static String without(String sentence) {
    return beforeClosing(afterOpening(sentence.strip()));
  }

  private static String afterOpening(String sentence) {
    String rest = sentence;
    String bare = LEADING.matcher(rest).replaceFirst("");
    for (int i = 0, end = opening(bare); i < MOST && end > 0; i++, end = opening(bare)) {
      bare = LEADING.matcher(bare.substring(end)).replaceFirst("");
      rest = bare;
    }
    return rest;
  }

  /** Chars of a courtesy at the beginning; 0 where there is none. */
  private static int opening(String text) {
    Matcher greeting = GREETING.matcher(text);
    if (greeting.find()) {
      String rest = text.substring(greeting.end());
      Matcher name = NAMED.matcher(rest);
      if (name.find()) {
        return greeting.end() + name.end();
      }
      String next = rest.stripLeading();
      boolean apart = next.isEmpty() || !Character.isLetterOrDigit(next.codePointAt(0));
      return apart || rest.strip().split("\\s+").length >= QUESTION ? greeting.end() : 0;
    }
    for (Pattern pattern : new Pattern[] {REQUEST, UNSPACED_OPENING}) {
      Matcher found = pattern.matcher(text);
      if (found.find()) {
        return found.end();
      }
    }
    Matcher closing = CLOSING_FIRST.matcher(text);
    return closing.find() && isApart(text, closing.end()) ? closing.end() : 0;
  }

  private static boolean isApart(String text, int end) {
    return end == text.length() || ",.!;:\n".indexOf(text.charAt(end)) >= 0;
  }

  private static String beforeClosing(String sentence) {
    String rest = sentence;
    for (int i = 0, start = closing(rest); i < MOST && start >= 0; i++, start = closing(rest)) {
      rest = withoutComma(rest.substring(0, start));
    }
    return rest;
  }

  private static String withoutComma(String text) {
    int end = text.length();
    while (end > 0 && (Character.isWhitespace(text.charAt(end - 1)) || isComma(text, end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static boolean isComma(String text, int at) {
    return ",;:、，；،؛–—(-".indexOf(text.charAt(at)) >= 0;
  }

  /** Where a courtesy at the end begins; -1 where there is none. */
  private static int closing(String text) {
    for (Pattern pattern : new Pattern[] {CLOSING, UNSPACED_CLOSING, SIGN_OFF}) {
      Matcher found =
          pattern
              .matcher(text)
              .region(Math.max(0, text.length() - TAIL), text.length())
              .useTransparentBounds(true)
              .useAnchoringBounds(false);
      if (found.find()) {
        int start = pattern == SIGN_OFF ? afterSign(text, found.start()) : found.start();
        String before = text.substring(Math.max(0, start - MENTION), start);
        return MENTIONED.matcher(before).find() ? -1 : start;
      }
    }
    return -1;
  }

  private static int afterSign(String text, int start) {
    return start < text.length() && ".!?。！？؟".indexOf(text.charAt(start)) >= 0 ? start + 1 : start;
  }
}
