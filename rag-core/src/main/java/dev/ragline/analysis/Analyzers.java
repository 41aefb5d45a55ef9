package dev.ragline.analysis;

import dev.ragline.document.Language;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.bn.BengaliAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.ckb.SoraniAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.et.EstonianAnalyzer;
import org.apache.lucene.analysis.eu.BasqueAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.ga.IrishAnalyzer;
import org.apache.lucene.analysis.gl.GalicianAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.hy.ArmenianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.ja.JapaneseAnalyzer;
import org.apache.lucene.analysis.ko.KoreanAnalyzer;
import org.apache.lucene.analysis.lt.LithuanianAnalyzer;
import org.apache.lucene.analysis.lv.LatvianAnalyzer;
import org.apache.lucene.analysis.ne.NepaliAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pl.PolishAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sr.SerbianAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.ta.TamilAnalyzer;
import org.apache.lucene.analysis.te.TeluguAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;
import org.apache.lucene.analysis.uk.UkrainianMorfologikAnalyzer;

/**
 * Lucene's rules for each language, made when they are first needed: the dictionaries of Japanese
 * and Korean take time and memory.
 */
final class Analyzers {
  private static final Map<String, Supplier<Analyzer>> MAKERS =
      Map.ofEntries(
          maker("ar", ArabicAnalyzer::new),
          maker("bg", BulgarianAnalyzer::new),
          maker("bn", BengaliAnalyzer::new),
          maker("ca", CatalanAnalyzer::new),
          maker("ckb", SoraniAnalyzer::new),
          maker("cs", CzechAnalyzer::new),
          maker("da", DanishAnalyzer::new),
          maker("de", GermanAnalyzer::new),
          maker("el", GreekAnalyzer::new),
          maker("en", EnglishAnalyzer::new),
          maker("es", SpanishAnalyzer::new),
          maker("et", EstonianAnalyzer::new),
          maker("eu", BasqueAnalyzer::new),
          maker("fa", PersianAnalyzer::new),
          maker("fi", FinnishAnalyzer::new),
          maker("fr", FrenchAnalyzer::new),
          maker("ga", IrishAnalyzer::new),
          maker("gl", GalicianAnalyzer::new),
          maker("hi", HindiAnalyzer::new),
          maker("hu", HungarianAnalyzer::new),
          maker("hy", ArmenianAnalyzer::new),
          maker("id", IndonesianAnalyzer::new),
          maker("it", ItalianAnalyzer::new),
          maker("ja", JapaneseAnalyzer::new),
          maker("ko", KoreanAnalyzer::new),
          maker("lt", LithuanianAnalyzer::new),
          maker("lv", LatvianAnalyzer::new),
          // Malay is close enough for the endings of Indonesian.
          maker("ms", IndonesianAnalyzer::new),
          maker("ne", NepaliAnalyzer::new),
          maker("nl", DutchAnalyzer::new),
          maker("no", NorwegianAnalyzer::new),
          maker("pl", PolishAnalyzer::new),
          maker("pt", PortugueseAnalyzer::new),
          maker("ro", RomanianAnalyzer::new),
          maker("ru", RussianAnalyzer::new),
          maker("sr", SerbianAnalyzer::new),
          maker("sv", SwedishAnalyzer::new),
          maker("ta", TamilAnalyzer::new),
          maker("te", TeluguAnalyzer::new),
          maker("th", FoldingAnalyzer::thai),
          maker("tr", TurkishAnalyzer::new),
          maker("uk", UkrainianMorfologikAnalyzer::new),
          maker("zh", ChineseAnalyzer::new));

  private static final ConcurrentMap<Language, Analyzer> MADE = new ConcurrentHashMap<>();

  private Analyzers() {}

  private static Entry<String, Supplier<Analyzer>> maker(String tag, Supplier<Analyzer> maker) {
    return Map.entry(tag, maker);
  }

  /** The rules of a language. */
  static Analyzer of(Language language) {
    return MADE.computeIfAbsent(
        language, made -> MAKERS.getOrDefault(made.tag(), FoldingAnalyzer::plain).get());
  }
}
