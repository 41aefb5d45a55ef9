package dev.ragline.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.MetadataType;
import dev.ragline.document.MetadataValue;
import dev.ragline.document.RagException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterCompilerTest {
  private static final MetadataSchema SCHEMA = RandomFilters.SCHEMA;
  private static final Field.OfMetadata TEAM = new Field.OfMetadata("team", MetadataType.STRING);
  private static final Field.OfMetadata YEAR = new Field.OfMetadata("year", MetadataType.INT);
  private static final Field.OfMetadata OPEN = new Field.OfMetadata("open", MetadataType.BOOL);
  private static final Field.OfMetadata TAGS =
      new Field.OfMetadata("tags", MetadataType.STRING_LIST);

  private static Filter compile(String expression) {
    return FilterCompiler.compile(expression, SCHEMA);
  }

  private static RagException refusal(String expression) {
    RagException failure = catchThrowableOfType(RagException.class, () -> compile(expression));
    assertThat(failure).as(expression).isNotNull();
    assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    return failure;
  }

  private static Filter equal(Field field, MetadataValue value, boolean so) {
    return new Filter.Match(field, new Condition.OneOf(List.of(value)), so);
  }

  @Test
  void compile_example_isWhatItSays() {
    Filter filter =
        compile(
            """
            metadata.team == "search" && document.update_time > timestamp("2026-01-01T01:00:00+01:00")
              && document.title.startsWith("Run") && "a" in metadata.tags
            """);
    assertThat(filter)
        .isEqualTo(
            new Filter.And(
                List.of(
                    equal(TEAM, new MetadataValue.Text("search"), true),
                    new Filter.Match(
                        Field.OfDocument.UPDATE_TIME,
                        new Condition.Above(
                            new MetadataValue.Time(Instant.parse("2026-01-01T00:00:00Z")), false),
                        true),
                    new Filter.Match(Field.OfDocument.TITLE, new Condition.StartsWith("Run"), true),
                    new Filter.Match(TAGS, new Condition.Holds("a"), true))));
  }

  @Test
  void compile_negation_goesDownToTheLeaves() {
    Filter filter = compile("!(metadata.open || metadata.year < 3 || !has(metadata.team))");
    assertThat(filter)
        .isEqualTo(
            new Filter.And(
                List.of(
                    equal(OPEN, new MetadataValue.Truth(true), false),
                    new Filter.Match(
                        YEAR, new Condition.Above(new MetadataValue.Whole(3), true), true),
                    new Filter.Has(TEAM, true))));
  }

  @Test
  void compile_literalFirst_isTheSameTheOtherWayRound() {
    assertThat(compile("3 <= metadata.year")).isEqualTo(compile("metadata.year >= 3"));
    assertThat(compile("!(3 > metadata.year)")).isEqualTo(compile("metadata.year >= 3"));
    assertThat(compile("\"x\" != metadata.team")).isEqualTo(compile("metadata.team != \"x\""));
  }

  @Test
  void compile_constants_areAllOrNothing() {
    assertThat(compile("true")).isEqualTo(Filter.ALL);
    assertThat(compile("metadata.open && false")).isEqualTo(Filter.NONE);
    assertThat(compile("metadata.open || true")).isEqualTo(Filter.ALL);
    assertThat(compile("metadata.open && true")).isEqualTo(compile("metadata.open"));
    assertThat(compile("metadata.open || false")).isEqualTo(compile("metadata.open"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "metadata.team ==|1|17|mismatched input",
        "metadata.nope == 1|1|9|undefined field 'nope'; metadata has team, ",
        "document.nope == 1|1|9|and document has id, title, uri, media_type, size, update_time",
        "has(metadata.nope)|1|4|undefined field",
        "team == 'x'|1|1|a filter knows metadata and document",
        "metadata.team == 1|1|15|'(string, int)'",
        "metadata.price < 10|1|16|as 10.0",
        "metadata.year|1|9|expected type 'bool'",
        "metadata.team == null|1|15|found no matching overload",
        "metadata['team'] == 'a'|1|9|found no matching overload",
        "metadata.year + 1 == 2|1|15|'+'",
        "metadata.year == metadata.year|1|15|with a literal",
        "1 == 1|1|3|with a literal",
        "metadata == metadata|1|10|with a literal",
        "metadata.team.contains('x')|1|23|'contains'",
        "metadata.team.matches('x')|1|22|'matches'",
        "size(metadata.tags) == 1|1|5|'size'",
        "metadata.tags == ['a']|1|15|lists are not compared",
        "metadata.tags in [['a']]|1|9|lists are not compared",
        "metadata.tags.exists(t, t == 'a')|1|21|each element",
        "metadata.open ? true : false|1|15|'?:'",
        "metadata.open < true|1|15|no order",
        "metadata.year == -(1)|1|18|'-'",
        "metadata.year == 9007199254740992|1|18|beyond",
        "metadata.year == 9223372036854775808|1|18|9223372036854775808",
        "metadata.price < 1e999|1|18|not finite",
        "metadata.due < timestamp('x')|1|26|RFC 3339",
        "metadata.due < timestamp('2026-02-30T00:00:00Z')|1|26|RFC 3339",
        "metadata.due < timestamp('10000-01-01T00:00:00Z')|1|26|RFC 3339",
        "metadata.due < timestamp('2026-01-01T00:00:00.0000001Z')|1|26|microseconds",
        "metadata.due < timestamp(1)|1|26|written as timestamp",
        "metadata.due < document.update_time|1|14|with a literal",
        "metadata.team in metadata.tags|1|9|literal",
        "dyn(metadata.team) == 1|1|4|'dyn'",
        "\"a\" in {'a': 1}|1|8|list of literals",
        "@|1|1|token recognition error",
      })
  void compile_refused_saysWhereAndWhy(String expression, int line, int column, String why) {
    RagException failure = refusal(expression);
    assertThat(failure.details())
        .contains(
            new ErrorDetail.Fact("line", Integer.toString(line)),
            new ErrorDetail.Fact("column", Integer.toString(column)));
    assertThat(failure)
        .hasMessageStartingWith("retrieval.filter: line %d, column %d: ".formatted(line, column))
        .hasMessageContaining(why);
    assertThat(failure.details().getFirst())
        .isInstanceOfSatisfying(
            ErrorDetail.BadField.class,
            bad -> assertThat(bad.field()).isEqualTo("retrieval.filter"));
  }

  @Test
  void compile_refusedInALaterLine_saysWhichInCodePoints() {
    assertThat(refusal("metadata.team == '😀' &&\n '😀' == metadata.team && metadata.nope"))
        .hasMessageContaining("line 2, column 34");
  }

  @Test
  void compile_noFieldsInTheSchema_saysSo() {
    RagException failure =
        catchThrowableOfType(
            RagException.class,
            () -> FilterCompiler.compile("metadata.team == 'a'", MetadataSchema.EMPTY));
    assertThat(failure).hasMessageContaining("metadata has no fields in this corpus");
  }

  @Test
  void compile_tooLongTooDeepOrTooMuch_isRefused() {
    assertThat(refusal("metadata.team == '" + "é".repeat(2048) + "'"))
        .hasMessageContaining("more than 4096 bytes");
    assertThat(refusal("(".repeat(1000) + "true" + ")".repeat(1000)))
        .hasMessageContaining("recursion");
    assertThat(refusal("!".repeat(1) + "(!".repeat(900) + "true" + ")".repeat(900)))
        .hasMessageContaining("recursion");
    String numbers =
        IntStream.range(0, 300).mapToObj(Integer::toString).collect(Collectors.joining(","));
    assertThat(refusal("metadata.year in [" + numbers + "]"))
        .hasMessageContaining("256 values at most");
  }

  /** Whatever is written, it is understood or refused as a filter; nothing else comes out. */
  @Test
  void compile_anything_isAFilterOrRefused() {
    long seed = Long.getLong("ragline.seed", 20260106);
    Random random = new Random(seed);
    RandomFilters filters = new RandomFilters(seed);
    List<String> pieces =
        List.of(
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ".",
            ",",
            "?",
            ":",
            "!",
            "-",
            "+",
            "==",
            "in",
            "&&",
            "||",
            "metadata",
            ".team",
            ".tags",
            ".year",
            "document",
            ".id",
            "has(",
            "timestamp(",
            "'",
            "\"",
            "\\",
            "`",
            "\n",
            "0x",
            "1u",
            "1e9",
            "b'x'",
            "r'",
            "null",
            "true",
            "\u0000",
            "\uD83D",
            "//",
            "all(x, x)",
            "type(",
            "'a'",
            "9223372036854775807",
            "@in",
            "_==_(");
    int understood = 0;
    for (int i = 0; i < 5000; i++) {
      StringBuilder text = new StringBuilder(filters.filter());
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(3));
        text.replace(at, end, pieces.get(random.nextInt(pieces.size())));
      }
      try {
        var _ = compile(text.toString());
        understood++;
      } catch (RagException e) {
        assertThat(e.code())
            .as("seed %d, %d: %s", seed, i, text)
            .isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(e.getMessage()).hasSizeLessThan(1600).doesNotContain("\n");
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed %d, %d: %s".formatted(seed, i, text), e);
      }
    }
    assertThat(understood).isBetween(1000, 4500);
  }
}
