package dev.ragline.store.lucene;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Makes a query of a question: any of its words, and no syntax, so that any text is a question. */
final class WordQuery {
  /** Distinct words that are looked for; a longer question is searched by its beginning. */
  static final int MAX_WORDS = 256;

  private WordQuery() {}

  /** A query for any of the words of {@code text}. */
  static Query of(String text) throws IOException {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    for (String word : words(text)) {
      query.add(new TermQuery(new Term(Rows.WORDS, word)), Occur.SHOULD);
    }
    return query.build();
  }

  private static Set<String> words(String text) throws IOException {
    Set<String> words = new LinkedHashSet<>();
    try (TokenStream tokens = IndexFormat.ANALYZER.tokenStream(Rows.WORDS, text)) {
      CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      boolean more = tokens.incrementToken();
      while (more && words.size() < MAX_WORDS) {
        words.add(word.toString());
        more = tokens.incrementToken();
      }
      if (!more) {
        tokens.end();
      }
    }
    return words;
  }
}
