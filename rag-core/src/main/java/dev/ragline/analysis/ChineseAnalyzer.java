package dev.ragline.analysis;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * Takes each Chinese character for a word, and each two that follow one another for another: no
 * dictionary that divides a question in one way and the text in another, and knows no new words.
 */
final class ChineseAnalyzer extends Analyzer {
  @Override
  protected TokenStreamComponents createComponents(String fieldName) {
    Tokenizer characters = new StandardTokenizer();
    TokenStream words = new CJKBigramFilter(characters, CJKBigramFilter.HAN, true);
    return new TokenStreamComponents(characters, words);
  }
}
