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
import dev.ragline.document.Stage;
import dev.ragline.document.Warning;
import dev.ragline.ingest.IngestConfig;
import dev.ragline.ingest.Ingestor;
import dev.ragline.ingest.Upload;
import dev.ragline.parsing.StandardDocumentParser;
import dev.ragline.retrieval.RetrievalSpec.Mode;
import dev.ragline.store.Freshness;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.testing.FakeChatModel;
import dev.ragline.testing.FakeEmbedder;
import dev.ragline.testing.TestCorpora;
import dev.ragline.testing.TestExecution;
import dev.ragline.transform.Hyde;
import dev.ragline.transform.QueryTransformer;
import dev.ragline.transform.QueryTransforms;
import dev.ragline.transform.Rewriting;
import dev.ragline.transform.Turn;
import dev.ragline.transform.Turn.Role;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Questions that are transformed before they are searched for. */
class TransformedRetrievalTest {
  private static final CorpusId CORPUS = new CorpusId("docs");
  private static final CorpusId EMPTY = new CorpusId("empty");
  private static final List<String> TOPICS = List.of("mill river", "bread oven", "ship harbour");

  @TempDir Path folder;
  private final FakeEmbedder embedder = new FakeEmbedder();
  private LuceneChunkStore store;

  @BeforeEach
  void open() {
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
    for (String topic : TOPICS) {
      DocumentId id = new DocumentId(topic.replace(' ', '-'));
      byte[] text = "The %s stands here.".formatted(topic).getBytes(UTF_8);
      Upload upload = new Upload(id, MediaType.PLAIN_TEXT, null, "", "", "", text);
      var _ = ingestor.ingest(CORPUS, upload, Call.UNLIMITED);
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static QueryTransforms queries(String... further) {
    return new QueryTransforms(List.of(further), List.of(), Rewriting.AUTO, Hyde.OFF);
  }

  private static QueryTransforms after(Turn turn, Hyde hyde) {
    return new QueryTransforms(List.of(), List.of(turn), Rewriting.AUTO, hyde);
  }

  private Retrieval retrieve(
      Optional<FakeChatModel> model, CorpusId corpus, Mode mode, QueryTransforms transforms) {
    RetrievalSpec spec =
        new RetrievalSpec(2, mode, 100, Fusion.Evidence.DEFAULT, Freshness.DEFAULT)
            .withTransforms(transforms);
    QueryTransformer transformer = new QueryTransformer(model.map(it -> it));
    return new HybridRetriever(embedder, store, transformer, Optional.empty(), TestExecution.SHARED)
        .retrieve(corpus, "Where is the mill?", spec, Call.UNLIMITED);
  }

  private static List<String> documents(Retrieval found) {
    return found.passages().stream().map(p -> p.document().id().value()).toList();
  }

  @ParameterizedTest
  @EnumSource
  void retrieve_twoQueries_findsForBoth(Mode mode) {
    Retrieval found = retrieve(Optional.empty(), CORPUS, mode, queries("bread in an oven"));
    assertThat(documents(found)).containsExactlyInAnyOrder("mill-river", "bread-oven");
    assertThat(found.stages().getLast().name()).isEqualTo("join");
    assertThat(found.stages().getLast().detail()).startsWith("2 queries, ");
    assertThat(found.rewrittenQuestion()).isNull();
    assertThat(found.passages()).extracting(Passage::rank).containsExactly(1, 2);
  }

  @Test
  void retrieve_sameQueryTwice_ranksAsOnce() {
    Retrieval once = retrieve(Optional.empty(), CORPUS, Mode.HYBRID, QueryTransforms.NONE);
    Retrieval twice =
        retrieve(Optional.empty(), CORPUS, Mode.HYBRID, queries("Where is the mill?"));
    assertThat(documents(twice)).isEqualTo(documents(once));
    assertThat(once.stages()).extracting(Stage::name).doesNotContain("join", "rewrite", "hyde");
  }

  @Test
  void retrieve_followUp_findsWhatThePronounStandsFor() {
    Turn said = new Turn(Role.USER, "Who built the harbour for the ship?");
    Retrieval found =
        new HybridRetriever(embedder, store, TestExecution.SHARED)
            .retrieve(
                CORPUS,
                "Where is it?",
                RetrievalSpec.DEFAULT.withTransforms(after(said, Hyde.OFF)),
                Call.UNLIMITED);
    assertThat(documents(found)).startsWith("ship-harbour");
    assertThat(found.rewrittenQuestion()).startsWith("Where is it? ").contains("harbour");
    assertThat(found.stages().getFirst().name()).isEqualTo("rewrite");
    assertThat(found.standaloneQuestion("Where is it?")).isEqualTo(found.rewrittenQuestion());
  }

  @Test
  void retrieve_rewrittenByTheModel_searchesForThat() {
    Turn said = new Turn(Role.USER, "What of bread?");
    Retrieval found =
        retrieve(
            Optional.of(FakeChatModel.saying("Where is the bread oven?")),
            CORPUS,
            Mode.HYBRID,
            after(said, Hyde.OFF));
    assertThat(documents(found)).startsWith("bread-oven");
    assertThat(found.rewrittenQuestion()).isEqualTo("Where is the bread oven?");
    assertThat(found.warnings()).isEmpty();
  }

  @Test
  void retrieve_hyde_joinsVectorsAndLeavesTheWords() {
    QueryTransforms hyde = new QueryTransforms(List.of(), List.of(), Rewriting.OFF, Hyde.OPTIONAL);
    Optional<FakeChatModel> model =
        Optional.of(FakeChatModel.saying("A ship lies in the harbour, a ship, a harbour."));
    assertThat(documents(retrieve(model, CORPUS, Mode.DENSE, hyde)))
        .containsExactlyInAnyOrder("ship-harbour", "mill-river");
    assertThat(documents(retrieve(model, CORPUS, Mode.LEXICAL, hyde)))
        .containsExactly("mill-river");
    assertThat(model.get().prompts()).as("none for words alone").hasSize(1);
  }

  @Test
  void retrieve_nothingToFind_doesNotAskTheModel() {
    FakeChatModel model = FakeChatModel.saying("x");
    QueryTransforms transforms = after(new Turn(Role.USER, "What?"), Hyde.OPTIONAL);
    assertThat(retrieve(Optional.of(model), EMPTY, Mode.HYBRID, transforms).corpusEmpty()).isTrue();
    CorpusId none = new CorpusId("none");
    assertThatThrownBy(() -> retrieve(Optional.of(model), none, Mode.HYBRID, transforms))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.reason()).isEqualTo("CORPUS_NOT_FOUND"));
    assertThat(model.prompts()).isEmpty();
  }

  @Test
  void retrieve_noModelForHyde_warns() {
    QueryTransforms hyde = new QueryTransforms(List.of(), List.of(), Rewriting.OFF, Hyde.OPTIONAL);
    assertThat(retrieve(Optional.empty(), CORPUS, Mode.HYBRID, hyde).warnings())
        .extracting(Warning::code)
        .containsExactly("HYDE_FAILED");
  }
}
