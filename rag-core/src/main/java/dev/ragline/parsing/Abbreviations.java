package dev.ragline.parsing;

import com.google.common.base.Splitter;
import com.ibm.icu.impl.ICUData;
import com.ibm.icu.util.ULocale;
import com.ibm.icu.util.UResourceBundle;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words that are written with a full stop, in seven languages at once: who cuts a text need not
 * know its language. Most are CLDR's suppressions of sentence breaks, as ICU brings them, less
 * those that are also whole words of one of the languages; titles, references to numbers and marks
 * that often end a sentence are sorted out by hand, as CLDR does not tell them apart.
 */
final class Abbreviations {
  private static final List<String> LANGUAGES = List.of("en", "de", "es", "fr", "it", "pt", "ru");

  /** Of CLDR's: what ends sentences as a word of its own, in one of the languages. */
  private static final Set<String> ORDINARY =
      set(
          """
          aa ab act ad ag akt al all am anc ann anon ant aus app arch art as bed ben best bien bol \
          broch bull by ca cam cap caps card cat cel chin cod col coll com comm comp conf config \
          cont da dat dc def des desc dest di diff dim do doc dom ed em end ep eng esp ex exc fabric \
          fac fem fil fol folg fot fund gem ges go gram graph hat hist hon id ill illustr in ind \
          indus int is jam jeu job joe jun kit kop korn lat led lev lib link lit liv log long lun \
          mai mar mart mat max may mer mi min mind mit mitt mm mo mod mov ms obj ok on op or org out \
          pal pc pin pol port pq pro prod pron quart rag ram ref rel rep res rod rol sa sam seg sem \
          sept set so sol sup symb syst tab tec temp test to trad trans up var ven ver voit vie\
          """);

  /** What stands before a name or goes on by its meaning, whatever follows. */
  private static final Set<String> NEVER_LAST =
      set(
          """
          dr drs mr mrs prof profs mme mlle messrs hr hrn frl sr sres sra sras srta srtas dña sig \
          sigg sigra dott dottssa gen capt lt sgt gov sen cmdr adm fr br msgr mons rev ing dipl \
          e.g i.e vs v cf viz cfr conf vid z.b d.h bzw ggf evtl vgl inkl exkl zzgl einschl sog bspw \
          zb dh p.ej p.ex c-à-d т.е т.к т.н напр см ср им проф акад доц тов гр о.ä s.o s.u u.a.m \
          i.d.r i.d.f m.e u.u i.w.s a.k.a d.w.z n.b\
          """);

  /** What stands before numbers, and is or ends a sentence else. */
  private static final Set<String> BEFORE_NUMBERS =
      set(
          """
          no nos nr nrn n n.º num núm nº fig figs figg eq eqs sec secs sect ch chap chaps cap caps \
          vol vols p pp pg pgs pag pagg pág págs ca approx art arts artt abs abschn ziff par para \
          tab taf table abb anm aufl bd bde ed eds rn rz bl z zl s l ll f ff c q d t т ч п пп с к кн \
          гл стр рис табл ст д г л кв ном v vv vs ver rel rev st sat sun mon wed mar jun jul sept \
          max min tel app apt bk ser iss lfg kl pos\
          """);

  /** What ends a sentence as a rule when a new one can begin. */
  private static final Set<String> OFTEN_LAST =
      set("etc ecc usw u.s.w др пр т.д т.п u.ä u.dgl dgl ff");

  /** More than CLDR has. */
  private static final Set<String> OWN =
      set(
          """
          inc ltd corp co llc plc bros dept univ assn intl natl govt ave blvd hwy st rd mt ft ste \
          esq jan feb apr jun jul aug sep sept oct nov dec tue tues wed thu thur thurs fri al jr \
          approx est mio mrd tsd mill std stk hrsg abs abschn geb gest okt dez jh jhd jhdt chr str \
          tel tlf env éd juill av ap boul pl cía avda dpto tfno ilmo excmo vd vds ud uds ee uu ss \
          gral arq lic avv geom руб коп тыс млн млрд ул пер просп наб пл обл англ нем фр лат род ок \
          янв февр марта апр авг сент окт нояб дек э стр nro núm depto ph abb aufl verl nachf gebr \
          ges.m.b.h bsp reg.bez allg ehem ursprüngl lat engl frz griech zw zzt \
          np ul tzn tj tzw np dhr mevr bijv blz t.ex bl.a dvs kl např tzv π.χ κ\
          """);

  private static final Set<String> ALL = all();

  private Abbreviations() {}

  private static Set<String> set(String words) {
    return Set.copyOf(Stream.of(words.strip().split("\\s+")).collect(Collectors.toSet()));
  }

  private static Set<String> all() {
    Set<String> all = new HashSet<>(OWN);
    for (String language : LANGUAGES) {
      UResourceBundle rules =
          UResourceBundle.getBundleInstance(
              ICUData.ICU_BRKITR_BASE_NAME, ULocale.forLanguageTag(language));
      for (String phrase : rules.get("exceptions").get("SentenceBreak").getStringArray()) {
        for (String part : Splitter.on(' ').split(phrase)) {
          String word = part.endsWith(".") ? part.substring(0, part.length() - 1) : part;
          String lower = word.toLowerCase(Locale.ROOT);
          if (lower.length() > 1 && !ORDINARY.contains(lower)) {
            all.add(lower);
          }
        }
      }
    }
    return Set.copyOf(all);
  }

  /** Whether no sentence ends after a word, in small letters. */
  static boolean isNeverLast(String word) {
    return NEVER_LAST.contains(word);
  }

  /** Whether a word belongs to a number that follows it. */
  static boolean isBeforeNumbers(String word) {
    return BEFORE_NUMBERS.contains(word);
  }

  /** Whether a word mostly ends its sentence where a new one can begin. */
  static boolean isOftenLast(String word) {
    return OFTEN_LAST.contains(word);
  }

  /** Whether a word is an abbreviation of whatever kind; German streets have many names. */
  static boolean contains(String word) {
    return ALL.contains(word) || (word.length() > 4 && word.endsWith("str"));
  }
}
