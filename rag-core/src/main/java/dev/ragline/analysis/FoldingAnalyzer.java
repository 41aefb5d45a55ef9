package dev.ragline.analysis;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.StopwordAnalyzerBase;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;
import org.apache.lucene.analysis.icu.ICUNormalizer2Filter;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;

/**
 * Finds words as Unicode and ICU's dictionaries (Thai, Lao, Khmer, Burmese) say, and takes case and
 * diacritics off them; for languages whose endings nobody has rules for.
 */
final class FoldingAnalyzer extends StopwordAnalyzerBase {
  private final boolean diacritics;

  private FoldingAnalyzer(CharArraySet stopWords, boolean diacritics) {
    super(stopWords);
    this.diacritics = diacritics;
  }

  /** For any language. */
  static Analyzer plain() {
    return new FoldingAnalyzer(CharArraySet.EMPTY_SET, false);
  }

  /** For Thai, whose vowels and tones are diacritics to Unicode. */
  static Analyzer thai() {
    return new FoldingAnalyzer(ThaiAnalyzer.getDefaultStopSet(), true);
  }

  @Override
  protected TokenStreamComponents createComponents(String fieldName) {
    Tokenizer words = new ICUTokenizer();
    TokenStream folded = diacritics ? new ICUNormalizer2Filter(words) : new ICUFoldingFilter(words);
    return new TokenStreamComponents(words, new StopFilter(folded, stopwords));
  }
}
