package dev.ragline.store.lucene;

import dev.ragline.analysis.Misspelling;
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
import org.apache.lucene.search.FuzzyQuery;
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

  /** What each of two words counts that stand in one place. */
  private static final float BOTH = 0.5f;

  /** Words that one which nobody has written may stand for, and what they are worth. */
  private static final int MOST_NEAR = 4;

  private static final float NEAR = 0.5f;

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
      left -= languages.keySet().stream().mapToInt(it -> word.ways(it).size()).sum();
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
    for (Language language : word.forms().keySet()) {
      int most = mostHolding(language, word.ways(language));
      holding.put(language, most);
      allHolding += most;
    }
    if (allHolding == 0) {
      addNear(word, query);
    }
    double everywhere = rareness(allHolding, allChunks);
    for (Language language : word.forms().keySet()) {
      int here = holding.getOrDefault(language, 0);
      if (here > 0) {
        int among = chunks.getOrDefault(language, 0);
        double alone = rareness(here, among);
        double equal = alone * rareness(1, allChunks) / rareness(1, among);
        double worth = among < FEW * allChunks ? Math.min(everywhere, equal) : equal;
        double share = own.contains(language) ? 1 : OTHER;
        float boost = (float) (word.weight() * worth * share / alone);
        query.add(boosted(any(language, word), boost), Occur.SHOULD);
      }
    }
  }

  private int mostHolding(Language language, Set<String> forms) throws IOException {
    int most = 0;
    for (String form : forms) {
      most = Math.max(most, reader.docFreq(new Term(Rows.words(language), form)));
    }
    return most;
  }

  /** A word that nobody has written may be a misspelt one. */
  private void addNear(QuestionWord word, BooleanQuery.Builder query) {
    for (var forms : word.forms().entrySet()) {
      for (String form : forms.getValue()) {
        int edits = Misspelling.edits(form);
        if (edits > 0 && own.contains(forms.getKey())) {
          Term term = new Term(Rows.words(forms.getKey()), form);
          Query near = new FuzzyQuery(term, edits, 1, MOST_NEAR, true);
          query.add(boosted(near, (float) (NEAR * word.weight())), Occur.SHOULD);
        }
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

  /**
   * Any way to write a word. Chunks have what is alike beside the word itself: both of them
   * together count once, and what is only alike half. Chunks of former versions have the word
   * alone.
   */
  private Query any(Language language, QuestionWord word) throws IOException {
    String field = Rows.words(language);
    Set<String> forms = word.forms().getOrDefault(language, Set.of());
    Set<String> alike = word.alike().getOrDefault(language, Set.of());
    if (forms.size() == 1 && alike.isEmpty()) {
      return new TermQuery(new Term(field, forms.iterator().next()));
    }
    int asWritten = mostHolding(language, forms);
    int asAlike = mostHolding(language, alike);
    boolean former = asWritten > asAlike;
    SynonymQuery.Builder query = new SynonymQuery.Builder(field);
    float each = former || asWritten == 0 ? 1 : BOTH;
    forms.forEach(form -> query.addTerm(new Term(field, form), each));
    alike.forEach(form -> query.addTerm(new Term(field, form), each));
    return query.build();
  }
}
