package dev.ragline.answering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.answering.QuotablePassage.Quote;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Sha256;
import dev.ragline.testing.Passages;
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
    assertThat(quote.span().of(TEXT)).isEqualTo(TEXT);
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

  private String quoteFor(String claim) {
    Quote quote = passage.bestFor(Words.content(claim));
    return Passages.quoteOf(passage.cite(new ByteRange(0, 0), quote));
  }
}
