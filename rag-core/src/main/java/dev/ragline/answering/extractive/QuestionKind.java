package dev.ragline.answering.extractive;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a question asks for, as far as its words tell: what the answer must then have in it. */
enum QuestionKind {
  /** A number. */
  HOW_MANY,
  /** A time. */
  WHEN,
  /** A person or a group. */
  WHO,
  /** A place. */
  WHERE,
  /** Steps or commands. */
  HOW_TO,
  /** Several things of a kind. */
  LIST,
  /** Anything else. */
  OTHER;

  private static final Pattern SPACE = Pattern.compile("\\s+");

  /** The first that is found counts; languages with spaces by word, others anywhere. */
  private static final Map<QuestionKind, Pattern> SIGNS =
      Map.of(
          HOW_MANY,
          words(
              """
              how many|how much|how long|how old|how far|how high|how tall|how large|how big|how often
              how deep|how fast|how wide|how heavy|what number|what percent|what percentage
              what amount|what age|what population|what size|what distance|what speed
              what temperature|wie ?viele?|wie lange?|wie alt|wie hoch|wie oft|quant[aeio]
              combien|cuánt[ao]s?|сколько|كم\
              """),
          WHEN,
          words(
              """
              when|(?:what|which) (?:year|date|month|day|century|decade|time)|wann|welche[mns]? jahr
              quando|quand|cuándo|(?:che|quale) anno|когда|(?:каком|какого) год[уа]|متى\
              """),
          WHO,
          words(
              """
              who|whom|whose|(?:what|which) (?:person|man|woman|king|queen|actor|author|president)
              (?:what|which) (?:leader|scientist|player|singer|director|company|group|team)
              wer|wem|wen|chi|qui|quién|кто|кого|кому|кем|من\
              """),
          WHERE,
          words(
              """
              where|(?:what|which) (?:city|country|state|place|county|region|town|continent)
              (?:what|which) (?:location|area|river|island)|wo|wohin|woher|dove|où|dónde
              где|куда|откуда|أين\
              """),
          HOW_TO,
          words(
              """
              how (?:do|can|could|should|would|must|might) (?:i|we|you|one|someone|users?)|how to
              how (?:is|are) (?:it|they) (?:done|configured|installed|set up)
              (?:what|which)(?: is| are)?(?: the)? (?:commands?|steps?)
              wie \\p{L}+ (?:ich|man|wir)|come (?:si|posso|faccio|devo|possiamo)
              comment (?:faire|puis-je|peut-on|dois-je|on)|cómo (?:puedo|se|hago|debo|podemos)
              как (?:мне|можно|я)|كيف (?:يمكنني|أستطيع|يمكن)\
              """),
          LIST,
          words(
              """
              (?:what|which) (?:are|kinds?|types?|sorts?)|(?:what|which) \\p{L}+ (?:kinds|types|sorts)
              (?:list|name)(?: me)? (?:all|the|some)\
              """));

  /** Chinese, Japanese and Korean stand without spaces, or with endings. */
  private static final Map<QuestionKind, Pattern> UNSPACED =
      Map.of(
          HOW_MANY, Pattern.compile("多少|几[个年次天条座人]|多[长大高远久深]|いくつ|何人|何年間|몇|얼마"),
          WHEN, Pattern.compile("何时|什么时候|哪一?年|哪一?天|何時|いつ|何年に|언제|몇 년"),
          WHO, Pattern.compile("谁|哪位|誰|だれ|누가|누구"),
          WHERE, Pattern.compile("哪里|哪儿|何处|什么地方|哪个城市|どこ|어디"),
          HOW_TO, Pattern.compile("如何|怎么|怎样|どうやって|どのように|어떻게"),
          LIST, Pattern.compile("哪些|有哪几"));

  private static final List<QuestionKind> ORDER = List.of(HOW_TO, WHEN, HOW_MANY, WHO, WHERE, LIST);

  private static Pattern words(String alternatives) {
    return Pattern.compile(
        "(?<!\\p{L})(?:" + alternatives.replace("\n", "|") + ")(?!\\p{L})",
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** What a question asks for. */
  static QuestionKind of(String question) {
    String line = SPACE.matcher(question).replaceAll(" ");
    for (QuestionKind kind : ORDER) {
      if (finds(SIGNS, kind, line) || finds(UNSPACED, kind, line)) {
        return kind;
      }
    }
    return OTHER;
  }

  private static boolean finds(Map<QuestionKind, Pattern> signs, QuestionKind kind, String line) {
    Pattern sign = signs.get(kind);
    return sign != null && sign.matcher(line).find();
  }
}
