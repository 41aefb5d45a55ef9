package dev.ragline.answering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.answering.QuotablePassage.Quote;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Sha256;
import dev.ragline.retrieval.Passage;
import dev.ragline.testing.Passages;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotablePassageTest {
  private static final String TEXT =
      "Größe zählt. Metadata lives in etcd. Vectors live in MinIO. Logs are kept too.";

  private final QuotablePassage passage = new QuotablePassage(Passages.of(TEXT).getFirst());

  @Test
  void bestFor_oneSentenceMatches_quotesIt() {
    assertThat(quoteFor("Metadata is in etcd")).isEqualTo("Metadata lives in etcd.");
  }

  @Test
  void bestFor_claimOverTwoSentences_quotesBoth() {
    assertThat(quoteFor("etcd metadata, MinIO vectors"))
        .isEqualTo("Metadata lives in etcd. Vectors live in MinIO.");
  }

  @Test
  void bestFor_nothingShared_quotesTheChunkWithoutSupport() {
    Quote quote = passage.bestFor(Words.content("Bananas are yellow"));
    assertThat(quote.span().of(quote.chunk().text())).isEqualTo(TEXT);
    assertThat(quote.support()).isZero();
  }

  @Test
  void bestFor_equallyGood_takesTheSentenceWithFewerWords() {
    QuotablePassage two =
        new QuotablePassage(
            Passages.of("Some store, such as etcd, keeps it all. It is etcd.").getFirst());
    Quote quote = two.bestFor(Words.content("etcd"));
    assertThat(Passages.quoteOf(two.cite(new ByteRange(0, 0), quote))).isEqualTo("It is etcd.");
  }

  @Test
  void cite_afterMultibyteChars_countsBytesOfTheRevision() {
    Citation citation =
        passage.cite(new ByteRange(0, 4), passage.bestFor(Words.content("Metadata etcd")));
    assertThat(citation.quote().start()).isEqualTo(Passages.ORIGIN + "Größe zählt. ".length() + 3);
    assertThat(citation.quoteDigest()).isEqualTo(Sha256.of("Metadata lives in etcd."));
    assertThat(citation.passage().chunk().range().contains(citation.quote())).isTrue();
  }

  @Test
  void bestFor_expandedPassage_quotesTheChunkThatHoldsIt() {
    Passage expanded =
        Passages.expanded(1, List.of(), TEXT, "Größe. Graphs live in S3.", "Nothing else.");
    QuotablePassage quotable = new QuotablePassage(expanded);

    Citation citation =
        quotable.cite(new ByteRange(0, 4), quotable.bestFor(Words.content("graphs in S3")));

    assertThat(Passages.quoteOf(citation)).isEqualTo("Graphs live in S3.");
    assertThat(citation.chunk().id().ordinal()).isEqualTo(1);
    assertThat(citation.chunk().range().contains(citation.quote())).isTrue();
    assertThat(citation.passage()).isEqualTo(expanded);
  }

  @Test
  void bestFor_claimOverTwoChunks_quotesWithinOne() {
    Passage expanded = Passages.expanded(1, List.of(), "Metadata lives here.", "Vectors go there.");
    QuotablePassage quotable = new QuotablePassage(expanded);

    Quote quote = quotable.bestFor(Words.content("metadata lives, vectors go"));
    Citation citation = quotable.cite(new ByteRange(0, 4), quote);

    assertThat(citation.chunk().range().contains(citation.quote())).isTrue();
    assertThat(Passages.quoteOf(citation)).isEqualTo("Metadata lives here.");
    Quote nothing = quotable.bestFor(Words.content("bananas"));
    assertThat(nothing.chunk()).isEqualTo(expanded.chunk());
  }

  private String quoteFor(String claim) {
    Quote quote = passage.bestFor(Words.content(claim));
    return Passages.quoteOf(passage.cite(new ByteRange(0, 0), quote));
  }
}
