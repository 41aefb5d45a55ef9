package dev.ragline.store.lucene;

import dev.ragline.analysis.Question;
import dev.ragline.analysis.QuestionWord;
import dev.ragline.document.Language;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.TermQuery;

/**
 * Makes a query of a question: any of its words, and no syntax, so that any text is a question.
 *
 * <p>The chunks of each language are scored as if they were alone, times a number that is the same
 * for all of them and makes the rarest words of all languages equally worthy. So they are in the
 * order that they would have in a corpus of their own, whatever else is in this one. Only where a
 * language has very few chunks, which may be in another one in truth, no word is taken for rarer
 * than it is in the whole corpus: they must not stand out by the commonest words.
 */
final class WordQuery {
  /** Different words that are looked for; a longer question is searched by its beginning. */
  static final int MAX_WORDS = 256;

  /** Below what Lucene allows in a query. */
  private static final int MAX_FORMS = 1000;

  /** What a name is worth in a language that the question is not in. */
  private static final double OTHER = 0.5;

  /** The share of the chunks that is very few. */
  private static final double FEW = 0.01;

  private final Set<Language> own;
  private final IndexReader reader;

  /** Chunks with words, by language. */
  private final Map<Language, Integer> chunks = new HashMap<>();

  private final int allChunks;

  private WordQuery(Set<Language> languages, Set<Language> own, IndexReader reader)
      throws IOException {
    this.own = own;
    this.reader = reader;
    int all = 0;
    for (Language language : languages) {
      int count = reader.getDocCount(Rows.words(language));
      chunks.put(language, count);
      all += count;
    }
    this.allChunks = all;
  }

  /**
   * A query for any of the words of {@code text}.
   *
   * @param languages how many documents are in each
   */
  static Query of(String text, Map<Language, Long> languages, IndexReader reader)
      throws IOException {
    Question question = Question.of(text, languages, MAX_WORDS);
    WordQuery words = new WordQuery(languages.keySet(), question.own(), reader);
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    int left = MAX_FORMS;
    for (QuestionWord word : question.words()) {
      left -= word.forms().values().stream().mapToInt(Set::size).sum();
      if (left < 0) {
        break;
      }
      words.add(word, query);
    }
    return query.build();
  }

  private void add(QuestionWord word, BooleanQuery.Builder query) throws IOException {
    Map<Language, Integer> holding = new HashMap<>();
    int allHolding = 0;
    for (var forms : word.forms().entrySet()) {
      int most = 0;
      for (String form : forms.getValue()) {
        most = Math.max(most, reader.docFreq(new Term(Rows.words(forms.getKey()), form)));
      }
      holding.put(forms.getKey(), most);
      allHolding += most;
    }
    double everywhere = rareness(allHolding, allChunks);
    for (var forms : word.forms().entrySet()) {
      int here = holding.getOrDefault(forms.getKey(), 0);
      if (here > 0) {
        int among = chunks.getOrDefault(forms.getKey(), 0);
        double alone = rareness(here, among);
        double equal = alone * rareness(1, allChunks) / rareness(1, among);
        double worth = among < FEW * allChunks ? Math.min(everywhere, equal) : equal;
        float boost = (float) (worth * (own.contains(forms.getKey()) ? 1 : OTHER) / alone);
        query.add(boosted(any(forms.getKey(), forms.getValue()), boost), Occur.SHOULD);
      }
    }
  }

  /** BM25's idf, as Lucene has it. */
  private static double rareness(int holding, int all) {
    return Math.log(1 + (all - holding + 0.5) / (holding + 0.5));
  }

  private static Query boosted(Query query, float boost) {
    return boost == 1 ? query : new BoostQuery(query, boost);
  }

  private static Query any(Language language, Set<String> forms) {
    String field = Rows.words(language);
    if (forms.size() == 1) {
      return new TermQuery(new Term(field, forms.iterator().next()));
    }
    SynonymQuery.Builder query = new SynonymQuery.Builder(field);
    forms.forEach(form -> query.addTerm(new Term(field, form)));
    return query.build();
  }
}
