package dev.ragline.store.lucene;

import dev.ragline.document.MetadataType;
import dev.ragline.document.MetadataValue;
import dev.ragline.filter.Condition;
import dev.ragline.filter.Field;
import dev.ragline.filter.Filter;
import java.util.List;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;

/** Makes a query of a filter; it finds rows of chunks only. */
final class FilterQuery {
  /** Every chunk. */
  private static final Query CHUNKS = new FieldExistsQuery(Rows.ORDINAL);

  private FilterQuery() {}

  /** A query for the chunks of the documents that a filter lets pass. */
  static Query of(Filter filter) {
    return switch (filter) {
      case Filter.And(List<Filter> all) -> {
        BooleanQuery.Builder query = new BooleanQuery.Builder().add(CHUNKS, Occur.FILTER);
        all.forEach(each -> query.add(of(each), Occur.FILTER));
        yield query.build();
      }
      case Filter.Or(List<Filter> any) -> {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        any.forEach(each -> query.add(of(each), Occur.SHOULD));
        yield any.isEmpty() ? MatchNoDocsQuery.INSTANCE : query.build();
      }
      case Filter.Has(Field.OfMetadata field, boolean there) ->
          there ? has(field) : without(CHUNKS, has(field));
      case Filter.Match(Field field, Condition condition, boolean so) -> {
        Query matching = matching(field, condition);
        yield so ? matching : without(present(field), matching);
      }
    };
  }

  private static Query has(Field.OfMetadata field) {
    return new TermQuery(new Term(FilterFields.PRESENT, field.name()));
  }

  private static Query present(Field field) {
    return field instanceof Field.OfMetadata metadata ? has(metadata) : CHUNKS;
  }

  private static Query without(Query these, Query those) {
    return new BooleanQuery.Builder().add(these, Occur.FILTER).add(those, Occur.MUST_NOT).build();
  }

  private static Query matching(Field field, Condition condition) {
    String name = FilterFields.name(field);
    return switch (condition) {
      case Condition.OneOf(List<MetadataValue> values) -> oneOf(name, field.type(), values);
      case Condition.Above(MetadataValue bound, boolean inclusive) -> above(name, bound, inclusive);
      case Condition.Below(MetadataValue bound, boolean inclusive) -> below(name, bound, inclusive);
      case Condition.StartsWith(String prefix) ->
          new PrefixQuery(new Term(name, FilterFields.term(prefix)));
      case Condition.Holds(String element) ->
          new TermQuery(new Term(name, FilterFields.term(element)));
    };
  }

  private static Query oneOf(String name, MetadataType type, List<MetadataValue> values) {
    if (values.isEmpty()) {
      return MatchNoDocsQuery.INSTANCE;
    }
    return switch (type) {
      case STRING, BOOL, STRING_LIST ->
          new TermInSetQuery(name, values.stream().map(FilterQuery::term).toList());
      case INT, TIMESTAMP ->
          LongField.newSetQuery(name, values.stream().mapToLong(FilterQuery::number).toArray());
      case DOUBLE ->
          DoubleField.newSetQuery(
              name, values.stream().mapToDouble(FilterQuery::decimal).toArray());
    };
  }

  private static Query above(String name, MetadataValue bound, boolean inclusive) {
    return switch (bound) {
      case MetadataValue.Text _ -> new TermRangeQuery(name, term(bound), null, inclusive, true);
      case MetadataValue.Decimal(double number) ->
          DoubleField.newRangeQuery(
              name, inclusive ? number : Math.nextUp(number), Double.POSITIVE_INFINITY);
      case MetadataValue.Whole _, MetadataValue.Time _ -> {
        long number = number(bound);
        yield LongField.newRangeQuery(name, inclusive ? number : number + 1, Long.MAX_VALUE);
      }
      case MetadataValue.Truth _, MetadataValue.Texts _ -> throw unordered();
    };
  }

  private static Query below(String name, MetadataValue bound, boolean inclusive) {
    return switch (bound) {
      case MetadataValue.Text _ -> new TermRangeQuery(name, null, term(bound), true, inclusive);
      case MetadataValue.Decimal(double number) ->
          DoubleField.newRangeQuery(
              name, Double.NEGATIVE_INFINITY, inclusive ? number : Math.nextDown(number));
      case MetadataValue.Whole _, MetadataValue.Time _ -> {
        long number = number(bound);
        yield LongField.newRangeQuery(name, Long.MIN_VALUE, inclusive ? number : number - 1);
      }
      case MetadataValue.Truth _, MetadataValue.Texts _ -> throw unordered();
    };
  }

  private static IllegalArgumentException unordered() {
    return new IllegalArgumentException("such values have no order");
  }

  private static BytesRef term(MetadataValue value) {
    return switch (value) {
      case MetadataValue.Text(String text) -> FilterFields.term(text);
      case MetadataValue.Truth(boolean truth) -> new BytesRef(Boolean.toString(truth));
      default -> throw new IllegalArgumentException("not a term: " + value.type());
    };
  }

  private static long number(MetadataValue value) {
    return switch (value) {
      case MetadataValue.Whole(long number) -> number;
      case MetadataValue.Time time -> time.micros();
      default -> throw new IllegalArgumentException("not a whole number: " + value.type());
    };
  }

  private static double decimal(MetadataValue value) {
    if (value instanceof MetadataValue.Decimal(double number)) {
      return number;
    }
    throw new IllegalArgumentException("not a number: " + value.type());
  }
}
