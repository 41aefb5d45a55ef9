package dev.ragline.store.lucene;

import dev.ragline.analysis.Words;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Makes a query of a question: any of its words, and no syntax, so that any text is a question. */
final class WordQuery {
  /** Different words that are looked for; a longer question is searched by its beginning. */
  static final int MAX_WORDS = 256;

  private WordQuery() {}

  /** A query for any of the words of {@code text}. */
  static Query of(String text) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    for (String word : Words.distinct(text, MAX_WORDS)) {
      query.add(new TermQuery(new Term(Rows.WORDS, word)), Occur.SHOULD);
    }
    return query.build();
  }
}
