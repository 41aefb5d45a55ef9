package dev.ragline.alignment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.alignment.Aligner.Cited;
import dev.ragline.analysis.LanguageDetector;
import dev.ragline.call.Call;
import dev.ragline.document.ByteRange;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.MediaType;
import dev.ragline.document.RagException;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.onnx.OnnxEmbedder;
import dev.ragline.ingest.IngestConfig;
import dev.ragline.ingest.Ingestor;
import dev.ragline.ingest.Upload;
import dev.ragline.parsing.StandardDocumentParser;
import dev.ragline.retrieval.HybridRetriever;
import dev.ragline.retrieval.Passage;
import dev.ragline.retrieval.RetrievalSpec;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.testing.AbsentStore;
import dev.ragline.testing.TestCorpora;
import dev.ragline.testing.TestExecution;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sentences against passages that were really ingested, with the model that is the default. */
class SentenceAlignerTest {
  private static final CorpusId CORPUS = new CorpusId("docs");
  private static final String ETCD =
      "# Storage\n\n"
          + "Milvus stores all of its metadata in etcd. Vectors are written to object storage such"
          + " as MinIO. At most 16384 collections are supported.\n";
  private static final String BREAD =
      "# Brot\n\nDer Bäcker backte gestern zwölf Brote im alten Ofen. Danach schlief er lange.\n";

  @TempDir private static Path folder;
  private static Embedder embedder;
  private static ChunkStore store;
  private static List<Passage> passages;

  @BeforeAll
  static void open() {
    embedder = OnnxEmbedder.open("all-minilm-l6-v2", TestExecution.SHARED.compute());
    store = LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED);
    TestCorpora.create(store, embedder, CORPUS);
    ingest("etcd.md", ETCD);
    ingest("brot.md", BREAD);
    passages =
        new HybridRetriever(embedder, store, TestExecution.SHARED)
            .retrieve(CORPUS, "Where is metadata stored?", RetrievalSpec.DEFAULT, Call.UNLIMITED)
            .passages();
    assertThat(passages).hasSize(2);
  }

  private static void ingest(String id, String text) {
    Ingestor ingestor =
        new Ingestor(
            store,
            embedder,
            new StandardDocumentParser(),
            new LanguageDetector(),
            InstantSource.system(),
            IngestConfig.DEFAULT,
            TestExecution.SHARED);
    Upload upload =
        new Upload(new DocumentId(id), MediaType.MARKDOWN, null, "", "", "", text.getBytes(UTF_8));
    var _ = ingestor.ingest(CORPUS, upload, Call.UNLIMITED);
  }

  @AfterAll
  static void close() {
    store.close();
    embedder.close();
  }

  private List<AlignedSentence> align(String answer, Cited... cited) {
    return new SentenceAligner(embedder, store, TestExecution.SHARED)
        .align(CORPUS, answer, List.of(cited), passages, Call.UNLIMITED);
  }

  private AlignedSentence alignOne(String answer) {
    List<AlignedSentence> sentences = align(answer);
    assertThat(sentences).hasSize(1);
    return sentences.getFirst();
  }

  @Test
  void align_quote_isFullySupportedWithoutAVector() {
    AlignedSentence sentence = alignOne("Milvus stores all of its metadata in etcd.");
    assertThat(sentence.support()).isEqualTo(new Support(1, 1, null));
    assertThat(sentence.passageRank()).isEqualTo(1);
    assertThat(sentence.unsupported()).isFalse();
  }

  @Test
  void align_otherWords_areSupportedByMeaning() {
    AlignedSentence sentence = alignOne("The metadata is kept by Milvus in an etcd database.");
    assertThat(sentence.support().semantic()).isGreaterThan(0.5);
    assertThat(sentence.unsupported()).isFalse();
  }

  @Test
  void align_foreignMatter_isUnsupported() {
    AlignedSentence sentence = alignOne("Elephants drink about a bathtub of water a day.");
    assertThat(sentence.support().score()).isLessThan(0.3);
    assertThat(sentence.unsupported()).isTrue();
  }

  @Test
  void align_anotherNumber_isUnsupported() {
    assertThat(alignOne("At most 16384 collections are supported.").unsupported()).isFalse();
    assertThat(alignOne("At most 16,384 collections are supported.").unsupported()).isFalse();
    assertThat(alignOne("At most 65536 collections are supported.").unsupported()).isTrue();
  }

  @Test
  void align_inflectedGerman_meetsByTheRulesOfTheLanguage() {
    AlignedSentence sentence = alignOne("Im Ofen hat der Bäcker Brot gebacken.");
    assertThat(sentence.support().lexical()).isGreaterThanOrEqualTo(0.75);
    assertThat(sentence.passageRank()).isEqualTo(2);
    assertThat(sentence.unsupported()).isFalse();
  }

  @Test
  void align_leadInsQuestionsAndSingleWords_claimNothing() {
    assertThat(align("Elephants drink this:\n\n- Water.\n\nAnything else, dear elephants?"))
        .hasSize(3)
        .noneMatch(AlignedSentence::unsupported);
  }

  @Test
  void align_citedSentence_isComparedWithWhatItCitesOnly() {
    String answer = "Übrigens: Milvus stores all of its metadata in etcd. It is fine.";
    ByteRange claim = new ByteRange(12, 54);
    AlignedSentence rightly = align(answer, new Cited(claim, 1)).getFirst();
    AlignedSentence wrongly = align(answer, new Cited(claim, 2)).getFirst();

    assertThat(rightly.citations()).containsExactly(0);
    assertThat(rightly.unsupported()).isFalse();
    assertThat(wrongly.unsupported()).isTrue();
    assertThat(align(answer, new Cited(claim, 1)).getLast().citations()).isEmpty();
  }

  @Test
  void align_ranges_areTheSentencesBytes() {
    String answer = "Größe zählt. \uD83D\uDE00 Metadata lives in etcd.";
    byte[] bytes = answer.getBytes(UTF_8);
    assertThat(align(answer))
        .extracting(AlignedSentence::range)
        .extracting(it -> new String(bytes, (int) it.start(), (int) it.length(), UTF_8))
        .containsExactly("Größe zählt.", "\uD83D\uDE00 Metadata lives in etcd.");
  }

  @Test
  void align_storeAway_goesByWordsAlone() {
    SentenceAligner alone = new SentenceAligner(embedder, new AbsentStore(), TestExecution.SHARED);
    AlignedSentence sentence =
        alone
            .align(CORPUS, "Metadata is kept in etcd.", List.of(), passages, Call.UNLIMITED)
            .getFirst();
    assertThat(sentence.support().semantic()).isNull();
    assertThat(sentence.support().lexical()).isBetween(0.5, 0.9);
  }

  @Test
  void align_documentChangedMeanwhile_goesByWordsAlone() {
    Passage passage = passages.getFirst();
    ingest("etcd.md", ETCD + "\nMore.\n");
    try {
      assertThat(alignOne("The metadata is kept by Milvus in a database.").support().semantic())
          .isNull();
    } finally {
      ingest("etcd.md", ETCD);
      passages =
          new HybridRetriever(embedder, store, TestExecution.SHARED)
              .retrieve(CORPUS, "Where is metadata stored?", RetrievalSpec.DEFAULT, Call.UNLIMITED)
              .passages();
    }
    assertThat(passages.getFirst().document().revision()).isEqualTo(passage.document().revision());
  }

  @Test
  void align_deadlinePassed_isTold() {
    assertThatThrownBy(
            () ->
                new SentenceAligner(embedder, store, TestExecution.SHARED)
                    .align(
                        CORPUS,
                        "Elephants drink a lot of water.",
                        List.of(),
                        passages,
                        Call.within(Duration.ZERO)))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
  }

  @Test
  void align_noText_hasNoSentences() {
    assertThat(align(" \n")).isEmpty();
  }
}
