package dev.ragline.transform;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words that point back to what was said before, of the languages that are asked in most. Those
 * that mean other things more often, such as the English "that", are left out.
 */
final class Anaphora {
  private static final Set<String> WORDS =
      words(
          """
          it its itself he him his himself she her hers herself they them their theirs themselves
          this these those
          er ihn ihm ihr ihre ihrem ihren ihrer ihres sie dies diese diesem diesen dieser dieses dort
          davon dafür dazu damit darin darauf dabei daran deren dessen
          il elle ils elles lui leur leurs cela ça celui celle ceux celles cet cette ces
          él ella ellos ellas su sus esto eso este esta estos estas ese esa esos esas ello allí ahí
          lei loro esso essa essi esse questo questa questi queste quello quella quelli quelle ciò
          suo sua suoi sue
          ele ela eles elas isso isto esse seu seus suas dele dela deles delas
          он она оно они его её ее ему ей им их него неё нее нему ней ним них
          этот эта это эти этого этой этому этим этом этих там туда
          він вона воно вони його її йому їй їх цей ця це ці цього цієї
          onu onun ona onlar onları onların bunu bunun bunlar orada
          هو هي هم هن هذا هذه ذلك تلك هؤلاء هناك
          यह वह ये वे इस उस इसे उसे इसका इसकी इसके उसका उसकी उसके इनका उनका उनके वहाँ
          그 그것 그것은 그것을 그것이 그것의 이것 이것은 이것을 이것이 그는 그녀 그녀는 그녀의 그들 그들은 그들의 거기
          """);

  /** What asks and joins, and carries no content whatever an analyzer says. */
  private static final Set<String> FUNCTION =
      words(
          """
          who whom whose what which when where why how many much did do does done is are was were be
          been has have had can could will would shall should may might must about from with any some there
          tell me us you i we my our your please kind type sort name
          wer wen wem wessen was welche welcher welches welchen wann wo warum wie wieviel viele
          ist sind war waren hat haben kann können wird werden
          qui que quoi quel quelle quels quelles quand où pourquoi comment combien est sont était
          quién quiénes qué cuál cuáles cuándo dónde cómo cuánto cuántos cuánta cuántas es son fue
          chi che cosa quale quali quando dove perché come quanto quanti quante è sono era
          quem qual quais onde quanto quantos são foi
          кто кого кому что чего какой какая какое какие когда где куда почему как сколько был была
          было были есть
          kim ne hangi nerede nasıl neden kaç mi mı mu mü
          من ما ماذا متى أين كيف لماذا كم هل أي
          कौन क्या कब कहाँ कैसे क्यों कितना कितने है हैं था थे
          누가 누구 무엇 언제 어디 어디서 어떻게 왜 얼마나 몇
          """);

  /** With these a question goes on where the last one ended. */
  private static final Set<String> OPENERS =
      words(
          """
          and but or also und aber oder et mais ou y pero e ma o mas а и но или peki ya ve و
          그럼 그러면 그리고 또
          """);

  /** The same in scripts without spaces, where they may stand anywhere. */
  private static final Pattern SIGNS = Pattern.compile("[它他她这這那其此该該]|それ|これ|その|この|そこ|そちら|彼");

  private static final Pattern OPENING_SIGNS = Pattern.compile("^(?:那|还有|還有|では|じゃあ|それ)");

  /** What asks and joins in Chinese and Japanese, and carries no content. */
  private static final Pattern FUNCTION_SIGNS =
      Pattern.compile(
          "什么|什麼|怎么|怎麼|怎样|哪里|哪裡|哪儿|哪个|哪些|如何|多少|为什么|為什麼|为何|何时|何時|何处|"
              + "[的在是了和与與吗嗎呢么谁誰几幾有被把对對从從到由于於以及也都就会會能可要]|"
              + "[它他她这這那其此该該们們]|何|誰|彼|\\p{IsHiragana}+");

  private static final Pattern HYPHENS = Pattern.compile("-t-|-");

  private Anaphora() {}

  private static Set<String> words(String list) {
    return Arrays.stream(list.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a word carries no content: it points back, asks or joins. */
  static boolean isFunction(String word) {
    return parts(word).allMatch(part -> WORDS.contains(part) || FUNCTION.contains(part));
  }

  /** Romance languages hang them on to the verb. */
  private static Stream<String> parts(String word) {
    return HYPHENS.splitAsStream(word.toLowerCase(Locale.ROOT));
  }

  /** Whether a word that begins a question says that it goes on. */
  static boolean opens(String word) {
    return OPENERS.contains(word.toLowerCase(Locale.ROOT)) || OPENING_SIGNS.matcher(word).find();
  }

  /** Whether a word points back; in scripts without spaces, whether it holds a sign that does. */
  static boolean pointsBack(String word) {
    return parts(word).anyMatch(WORDS::contains)
        || (isUnspaced(word) && SIGNS.matcher(word).find());
  }

  /** The parts of a word that carry content; the word itself where words have spaces between. */
  static List<String> betweenFunctionSigns(String word) {
    return isUnspaced(word)
        ? Arrays.stream(FUNCTION_SIGNS.split(word)).filter(part -> !part.isEmpty()).toList()
        : List.of(word);
  }

  private static boolean isUnspaced(String word) {
    return word.codePoints()
        .anyMatch(
            point ->
                switch (UnicodeScript.of(point)) {
                  case HAN, HIRAGANA, KATAKANA -> true;
                  default -> false;
                });
  }
}
