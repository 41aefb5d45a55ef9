package dev.ragline.retrieval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ragline.analysis.LanguageDetector;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.GroundingSettings;
import dev.ragline.document.MediaType;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.RagException;
import dev.ragline.document.Stage;
import dev.ragline.ingest.IngestConfig;
import dev.ragline.ingest.Ingestor;
import dev.ragline.ingest.Upload;
import dev.ragline.parsing.StandardDocumentParser;
import dev.ragline.retrieval.RetrievalSpec.Mode;
import dev.ragline.store.Freshness;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.testing.FakeEmbedder;
import dev.ragline.testing.TestCorpora;
import dev.ragline.testing.TestExecution;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HybridRetrieverTest {
  private static final CorpusId CORPUS = new CorpusId("docs");
  private static final CorpusId EMPTY = new CorpusId("empty");

  @TempDir Path folder;
  private final FakeEmbedder embedder = new FakeEmbedder();
  private LuceneChunkStore store;
  private Retriever retriever;

  @BeforeEach
  void open() {
    store = LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED);
    InstantSource clock = InstantSource.system();
    TestCorpora.create(store, embedder, CORPUS);
    TestCorpora.create(store, embedder, EMPTY);
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
    retriever = new HybridRetriever(embedder, store, TestExecution.SHARED);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Retrieval retrieve(Mode mode, int limit) {
    RetrievalSpec spec =
        new RetrievalSpec(limit, mode, 100, Fusion.Weighted.DEFAULT, Freshness.DEFAULT);
    return retriever.retrieve(CORPUS, "mill river", spec, Call.UNLIMITED);
  }

  @ParameterizedTest
  @EnumSource
  void retrieve_everyMode_findsWhatTheQuestionSays(Mode mode) {
    List<Passage> passages = retrieve(mode, 3).passages();
    assertThat(passages)
        .extracting(passage -> passage.document().id().value())
        .containsExactly("mill-river0", "mill-river1", "mill-river2");
    assertThat(passages).extracting(Passage::rank).containsExactly(1, 2, 3);
    for (Passage passage : passages) {
      assertThat(passage.scores().dense() != null).isEqualTo(mode != Mode.LEXICAL);
      assertThat(passage.scores().lexical() != null).isEqualTo(mode != Mode.DENSE);
      assertThat(passage.chunk().id().document()).isEqualTo(passage.document().id());
    }
  }

  private Retrieval retrieve(CorpusId corpus, Mode mode, String filter) {
    RetrievalSpec spec =
        new RetrievalSpec(9, mode, 100, Fusion.Weighted.DEFAULT, Freshness.DEFAULT)
            .filtered(filter);
    return retriever.retrieve(corpus, "mill river", spec, Call.UNLIMITED);
  }

  @ParameterizedTest
  @EnumSource
  void retrieve_filter_findsInThoseDocumentsOnlyAndSaysSo(Mode mode) {
    String filter = "document.id.startsWith('mill-s') && document.size > 3";
    Retrieval found = retrieve(CORPUS, mode, filter);
    assertThat(found.passages())
        .extracting(passage -> passage.document().id().value())
        .containsExactly("mill-stone0", "mill-stone1", "mill-stone2");
    assertThat(found.stages().getFirst().name()).isEqualTo("filter");
    assertThat(found.stages().getFirst().detail()).isEqualTo(filter);
  }

  @ParameterizedTest
  @EnumSource
  void retrieve_filterThatLetsNothingPass_findsNothingInACorpusThatIsNotEmpty(Mode mode) {
    for (String filter : List.of("document.size < 3", "false")) {
      Retrieval found = retrieve(CORPUS, mode, filter);
      assertThat(found.passages()).isEmpty();
      assertThat(found.corpusEmpty()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void retrieve_forAnAnswer_tellsHowLikeTheQuestionThePassagesAre(Mode mode) {
    Grounds own = grounds(mode, "Is there a mill on the river?", "");
    Grounds foreign = grounds(mode, "Which comet shines tonight, there?", "");
    Likeness alike = Objects.requireNonNull(own.likeness());
    assertThat(alike.passages()).hasSize(mode == Mode.LEXICAL ? 6 : 8);
    PassageLikeness best = alike.passages().getFirst();
    assertThat(best.sentenceWords()).isEqualTo(1);
    assertThat(best.passageWords()).isEqualTo(1);
    assertThat(alike.chunks()).isEqualTo(12);
    assertThat(own.question() == null).isEqualTo(mode == Mode.LEXICAL);
    assertThat(own.evidence()).hasSize(mode == Mode.LEXICAL ? 6 : 12);
    Likeness strange = foreign.likeness();
    if (strange != null) {
      assertThat(strange.passages())
          .allSatisfy(
              passage -> {
                assertThat(passage.sentenceWords()).isZero();
                assertThat(passage.nearness()).isLessThanOrEqualTo(best.nearness());
              });
    }
  }

  @ParameterizedTest
  @EnumSource
  void retrieve_forAnAnswer_knowsWhetherTheFilterLeftNothing(Mode mode) {
    assertThat(grounds(mode, "mill river", "false").filterMatchesNothing()).isTrue();
    assertThat(grounds(mode, "mill river", "document.size < 3").filterMatchesNothing()).isTrue();
    assertThat(grounds(mode, "unheard", "document.size > 3").filterMatchesNothing()).isFalse();
    assertThat(grounds(mode, "unheard", "").filterMatchesNothing()).isFalse();
  }

  @Test
  void retrieve_forNoAnswer_looksNoFurther() {
    assertThat(retrieve(Mode.HYBRID, 3).grounds()).isNull();
  }

  @Test
  void retrieve_corpusSaysWhenToAnswer_isToldAlong() {
    GroundingSettings settings = new GroundingSettings(0.25);
    var _ = store.updateCorpus(CORPUS, corpus -> corpus.withGrounding(settings, "strict"));
    assertThat(grounds(Mode.HYBRID, "mill river", "").settings()).isEqualTo(settings);
  }

  private Grounds grounds(Mode mode, String question, String filter) {
    RetrievalSpec spec =
        new RetrievalSpec(3, mode, 100, Fusion.Weighted.DEFAULT, Freshness.DEFAULT)
            .filtered(filter)
            .forAnswer();
    Grounds grounds = retriever.retrieve(CORPUS, question, spec, Call.UNLIMITED).grounds();
    return Objects.requireNonNull(grounds);
  }

  @Test
  void retrieve_wrongFilter_isRefusedAlsoInAnEmptyCorpus() {
    for (CorpusId corpus : List.of(CORPUS, EMPTY)) {
      assertThatThrownBy(() -> retrieve(corpus, Mode.HYBRID, "document.size < 'a'"))
          .isInstanceOf(RagException.class)
          .hasMessageStartingWith("retrieval.filter: line 1, column 15: ");
    }
  }

  @Test
  void retrieve_filterInACorpusOlderThanFilters_isRefused() {
    var _ =
        store.updateCorpus(
            CORPUS, corpus -> corpus.withMetadataSchema(MetadataSchema.BEFORE_FILTERS, "old"));
    assertThat(retrieve(CORPUS, Mode.HYBRID, " ").passages()).hasSize(9);
    assertThatThrownBy(() -> retrieve(CORPUS, Mode.HYBRID, "true"))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.reason()).isEqualTo("FILTERS_UNSUPPORTED"));
  }

  @ParameterizedTest
  @EnumSource
  void retrieve_sameQuestion_givesTheSameRanking(Mode mode) {
    List<Passage> first = retrieve(mode, 12).passages();
    for (int i = 0; i < 10; i++) {
      assertThat(retrieve(mode, 12).passages()).isEqualTo(first);
    }
    assertThat(first)
        .isSortedAccordingTo(
            (a, b) -> {
              int byScore = Double.compare(b.scores().fused(), a.scores().fused());
              return byScore != 0 ? byScore : a.chunk().id().compareTo(b.chunk().id());
            });
  }

  @Test
  void retrieve_limit_isKept() {
    assertThat(retrieve(Mode.HYBRID, 1).passages()).hasSize(1);
    assertThat(retrieve(Mode.DENSE, 7).passages()).hasSize(7);
    assertThat(retrieve(Mode.DENSE, 100).passages()).hasSize(12);
    assertThat(retrieve(Mode.LEXICAL, 100).passages()).hasSize(6);
  }

  @Test
  void retrieve_stages_sayWhatRan() {
    assertThat(retrieve(Mode.HYBRID, 3).stages())
        .extracting(Stage::name)
        .containsExactly("embed", "search", "fuse");
    assertThat(retrieve(Mode.LEXICAL, 3).stages())
        .extracting(Stage::name)
        .containsExactly("search", "fuse");
  }

  @Test
  void retrieve_byEvidence_looksCloselyAndSaysHowMuchVectorsWeigh() {
    Retrieval found =
        retriever.retrieve(CORPUS, "mill river", RetrievalSpec.DEFAULT, Call.UNLIMITED);
    assertThat(found.stages())
        .extracting(Stage::name)
        .containsExactly("embed", "search", "fuse", "evidence");
    assertThat(found.stages().getFirst().detail()).endsWith("knows 100 % of the question");
    assertThat(found.stages().getLast().detail())
        .matches("12 passages by passage 0[.]\\d+, sentence 0[.]\\d+, lexical .+");
    assertThat(found.passages())
        .extracting(passage -> passage.document().id().value())
        .containsExactly("mill-river0", "mill-river1", "mill-river2");
    Evidence best = requireNonNull(found.passages().getFirst().scores().evidence());
    assertThat(best.words()).isGreaterThan(0.5);
  }

  @Test
  void weights_modelThatKnowsNoWord_giveTheVectorsNextToNone() {
    Evidence near = new Evidence(1, 1, 0, 0, 0);
    Evidence said = new Evidence(0, 0, 1, 1, 1);
    assertThat(EvidenceWeights.of(1, 1, true))
        .hasToString("passage 0.08, sentence 0.35, lexical 0.13, words 0.06, phrases 0.38");
    for (boolean spaced : new boolean[] {true, false}) {
      assertThat(EvidenceWeights.of(0, 1, spaced).sum(near)).isLessThan(0.011);
      assertThat(EvidenceWeights.of(1, 4, spaced).sum(near)).isGreaterThan(0.7);
      for (double worth : new double[] {0, 0.3, 1}) {
        EvidenceWeights weights = EvidenceWeights.of(worth, 2.5, spaced);
        assertThat(weights.sum(near) + weights.sum(said)).isCloseTo(1, within(1e-9));
      }
    }
  }

  @Test
  void retrieve_emptyCorpus_returnsNothingAndSaysSo() {
    Retrieval found = retriever.retrieve(EMPTY, "anything", RetrievalSpec.DEFAULT, Call.UNLIMITED);
    assertThat(found.passages()).isEmpty();
    assertThat(found.corpusEmpty()).isTrue();
    assertThat(found.stages()).isEmpty();
    assertThat(retrieve(Mode.HYBRID, 1).corpusEmpty()).isFalse();
  }

  @Test
  void retrieve_whatCannotBeAsked_isRefused() {
    assertThatThrownBy(
            () -> retriever.retrieve(CORPUS, " \n", RetrievalSpec.DEFAULT, Call.UNLIMITED))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    CorpusId none = new CorpusId("none");
    assertThatThrownBy(() -> retriever.retrieve(none, "q", RetrievalSpec.DEFAULT, Call.UNLIMITED))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.reason()).isEqualTo("CORPUS_NOT_FOUND"));
    Call passed = Call.within(Duration.ZERO);
    assertThatThrownBy(() -> retriever.retrieve(CORPUS, "q", RetrievalSpec.DEFAULT, passed))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
  }
}
