package dev.ragline.parsing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Small words that stand in capitals only where a sentence begins: after an abbreviation they tell
 * that its full stop ends the sentence too.
 */
final class SentenceStarters {
  /** Those that also stand in the names of people, as in "J. De Witt". */
  private static final Set<String> PARTICLES =
      set(
          """
          al da de del della di do dos du el le van von zu\
          """);

  private static final Set<String> WORDS =
      set(
          // English
          """
          a the an this that these those it its he she his her him they their them there then we our \
          us you your i my but and or so if when while where who what which why how after before \
          since because although though however therefore thus moreover furthermore also both each \
          every all some many most much more few several such other another no not only as at by for \
          from in into of on with without to under over between during until unless once here now \
          later next finally instead meanwhile today yesterday tomorrow is are was were be has have \
          had do does did can could will would should must let see use please yes don
          """,
          // German
          """
          der die das den dem des ein eine einer eines einem einen er sie es wir ihr ich du man dies \
          diese dieser dieses diesem jene sein seine ihre und oder aber denn doch wenn als weil da \
          dass ob wo wer was wie warum wann im in an am auf aus bei bis durch für gegen mit nach ohne \
          seit über um unter von vor zu zum zur zwischen hier dort dann danach daher deshalb dabei \
          dazu damit jedoch auch nur noch schon sonst nicht kein keine alle viele einige manche mehr \
          beide jeder jede jedes ist sind war waren hat haben wird werden kann können soll muss heute \
          gestern später zuerst
          """,
          // French
          """
          le la les l un une du de il elle ils elles nous vous je tu ce cet cette ces c ça son sa ses \
          leur leurs et mais ou donc or ni car si quand lorsque comme que qu qui quoi où dans en sur \
          sous avec sans pour par entre vers chez depuis pendant après avant ainsi alors puis ensuite \
          enfin cependant toutefois aussi tous toutes tout plusieurs certains chaque aucun ne n pas \
          est sont était ont à au aux d j s
          """,
          // Spanish
          """
          el los las uno unos unas él ella ellos ellas yo tú usted nosotros este esta estos estas ese \
          esa esto eso su sus mi y e o pero cuando donde quien del al con sin para sobre desde hasta \
          según tras durante también además luego después entonces así aunque porque muy más todo \
          todos toda cada algunos muchos hay es son era fue está están se lo
          """,
          // Italian
          """
          gli i di della dei delle dal nel nella sul con per tra fra ed ma quando dove come che chi \
          non anche poi quindi così questo questa questi queste quello quella egli essi loro io noi \
          voi lui lei è sono erano ha hanno
          """,
          // Portuguese
          """
          os uma ele eles elas eu nós você isso isto esse essa aquele seu quem em na nos nas do dos \
          das com sem ao até também além depois então assim embora não foi há
          """,
          // Dutch
          """
          het een hij zij ze wij dit dat deze en maar
          """,
          // Russian
          """
          он она оно они мы вы я ты это этот эта эти тот та те в во на с со к ко о об от до из за по \
          под при для без над у и а но или если когда где как что кто чтобы потому также затем потом \
          после перед однако поэтому так там тут здесь все всё каждый некоторые многие не нет ни был \
          была было были есть
          """);

  /** Letters of such a word. */
  private static final int LONGEST = 12;

  private SentenceStarters() {}

  private static Set<String> set(String... languages) {
    return Arrays.stream(languages)
        .flatMap(words -> Arrays.stream(words.strip().split("\\s+")))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Whether such a word stands somewhere in a text.
   *
   * @param afterInitial whether those that begin names do not count
   */
  static boolean isAt(CharSequence text, int at, boolean afterInitial) {
    int end = at;
    while (end < text.length() && end - at <= LONGEST && Character.isLetter(text.charAt(end))) {
      end++;
    }
    // "I." and "A." are initials.
    boolean initial = end - at == 1 && end < text.length() && text.charAt(end) == '.';
    String word = text.subSequence(at, end).toString().toLowerCase(Locale.ROOT);
    return !initial && WORDS.contains(word) && !(afterInitial && PARTICLES.contains(word));
  }
}
