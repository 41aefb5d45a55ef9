package dev.ragline.retrieval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.analysis.LanguageDetector;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.MediaType;
import dev.ragline.document.RagException;
import dev.ragline.ingest.IngestConfig;
import dev.ragline.ingest.Ingestor;
import dev.ragline.ingest.Upload;
import dev.ragline.parsing.StandardDocumentParser;
import dev.ragline.retrieval.RetrievalSpec.Mode;
import dev.ragline.store.Freshness;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.testing.FakeEmbedder;
import dev.ragline.testing.FakeReranker;
import dev.ragline.testing.TestCorpora;
import dev.ragline.testing.TestExecution;
import dev.ragline.transform.QueryTransformer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reranking and traces of whole questions; the reranker likes the shorter passage. */
class RerankedRetrievalTest {
  private static final CorpusId CORPUS = new CorpusId("docs");
  private static final CorpusId EMPTY = new CorpusId("empty");

  @TempDir private static Path folder;
  private static final FakeEmbedder embedder = new FakeEmbedder();

  @SuppressWarnings("NullAway.Init") // opened before any test
  private static LuceneChunkStore store;

  private final FakeReranker reranker = new FakeReranker();
  private final Retriever retriever = new HybridRetriever(embedder, store, TestExecution.SHARED);
  private final Retriever reranking =
      new HybridRetriever(
          embedder,
          store,
          new QueryTransformer(Optional.empty()),
          Optional.of(reranker),
          TestExecution.SHARED);

  @BeforeAll
  static void open() {
    store = LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED);
    InstantSource clock = InstantSource.system();
    for (CorpusId corpus : List.of(CORPUS, EMPTY)) {
      TestCorpora.create(store, embedder, corpus);
    }
    Ingestor ingestor =
        new Ingestor(
            store,
            embedder,
            new StandardDocumentParser(),
            new LanguageDetector(),
            clock,
            IngestConfig.DEFAULT,
            TestExecution.SHARED);
    for (String topic : List.of("mill river", "bread oven", "ship harbour", "mill stone")) {
      for (int i = 0; i < 3; i++) {
        Upload upload =
            new Upload(
                new DocumentId(topic.replace(' ', '-') + i),
                MediaType.PLAIN_TEXT,
                null,
                "",
                "",
                "",
                "The %s stands here.".formatted(topic).getBytes(UTF_8));
        var _ = ingestor.ingest(CORPUS, upload, Call.UNLIMITED);
      }
    }
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void retrieve_reranker_ordersThePassages() {
    List<Passage> passages =
        reranking.retrieve(CORPUS, "mill river", RetrievalSpec.DEFAULT, Call.UNLIMITED).passages();
    assertThat(passages)
        .extracting(passage -> passage.document().id().value())
        .containsExactly("bread-oven0", "bread-oven1", "bread-oven2");
    assertThat(passages).extracting(Passage::rank).containsExactly(1, 2, 3);
    assertThat(passages).extracting(p -> p.scores().rerank()).doesNotContainNull();
    assertThat(reranker.calls()).hasSize(1);

    RetrievalSpec off = RetrievalSpec.DEFAULT.withRerank(Rerank.OFF);
    assertThat(reranking.retrieve(CORPUS, "mill river", off, Call.UNLIMITED).passages())
        .isEqualTo(
            retriever
                .retrieve(CORPUS, "mill river", RetrievalSpec.DEFAULT, Call.UNLIMITED)
                .passages());
    assertThat(reranker.calls()).hasSize(1);
  }

  @Test
  void retrieve_moreToRerankThanToLookAt_looksAtMore() {
    RetrievalSpec spec =
        new RetrievalSpec(1, Mode.HYBRID, 100, new Fusion.Evidence(2), Freshness.DEFAULT)
            .withRerank(new Rerank(Rerank.Mode.OPTIONAL, 5));
    var _ = reranking.retrieve(CORPUS, "mill river", spec, Call.UNLIMITED);
    assertThat(reranker.calls().getFirst()).hasSize(5);
  }

  @Test
  void retrieve_rerankerRequiredAndMissing_isRefused() {
    RetrievalSpec spec = RetrievalSpec.DEFAULT.withRerank(new Rerank(Rerank.Mode.REQUIRED, 4));
    for (CorpusId corpus : List.of(CORPUS, EMPTY)) {
      assertThatThrownBy(() -> retriever.retrieve(corpus, "mill", spec, Call.UNLIMITED))
          .isInstanceOfSatisfying(
              RagException.class, e -> assertThat(e.reason()).isEqualTo("RERANKER_MISSING"));
    }
  }

  @Test
  void retrieve_explained_tellsOfEveryCandidate() {
    RetrievalSpec spec =
        new RetrievalSpec(2, Mode.HYBRID, 100, new Fusion.Evidence(5), Freshness.DEFAULT)
            .withRerank(Rerank.OFF)
            .withExplain(true);
    Retrieval found = retriever.retrieve(CORPUS, "mill river", spec, Call.UNLIMITED);
    assertThat(found.candidates()).hasSize(12);
    assertThat(found.candidates().stream().limit(2).map(CandidateTrace::chunk))
        .containsExactlyElementsOf(found.passages().stream().map(p -> p.chunk().id()).toList());
    assertThat(found.candidates().stream().map(c -> String.valueOf(c.dropped())))
        .containsExactlyElementsOf(
            Stream.of(
                    Collections.nCopies(2, "null"),
                    Collections.nCopies(3, "BELOW_LIMIT"),
                    Collections.nCopies(7, "NOT_IN_POOL"))
                .flatMap(List::stream)
                .toList());
    assertThat(found.candidates().getFirst().places().keySet())
        .containsExactly(
            RankingStage.DENSE,
            RankingStage.LEXICAL,
            RankingStage.FUSED,
            RankingStage.EVIDENCE,
            RankingStage.SELECTION);
    assertThat(retriever.retrieve(CORPUS, "mill river", spec.withExplain(false), Call.UNLIMITED))
        .extracting(Retrieval::candidates, Retrieval::passages)
        .containsExactly(List.of(), found.passages());
  }
}
