package dev.ragline.retrieval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ragline.analysis.LanguageDetector;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.Language;
import dev.ragline.document.MediaType;
import dev.ragline.embedding.onnx.OnnxEmbedder;
import dev.ragline.ingest.IngestConfig;
import dev.ragline.ingest.Ingestor;
import dev.ragline.ingest.Upload;
import dev.ragline.parsing.StandardDocumentParser;
import dev.ragline.retrieval.RetrievalSpec.Mode;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Freshness;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.testing.Requirements;
import dev.ragline.testing.TestCorpora;
import dev.ragline.testing.TestExecution;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The questions of rag-bench/eval, with the default model, which knows English only. */
class LanguageSetsTest {
  /** A hybrid search may lose so many questions to one by words, as chance would have it. */
  private static final int CHANCE = 1;

  @TempDir static Path folder;
  private static OnnxEmbedder miniLm;
  private static LuceneChunkStore store;
  private static Retriever retriever;

  @BeforeAll
  static void open() {
    miniLm = OnnxEmbedder.open("all-minilm-l6-v2", TestExecution.SHARED.compute());
    store = LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED);
    retriever = new HybridRetriever(miniLm, store, TestExecution.SHARED);
  }

  @AfterAll
  static void close() {
    store.close();
    miniLm.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ar", "de", "el", "es", "hi", "it", "ko", "ro", "ru", "th", "tr", "vi", "zh"})
  void retrieve_languageThatTheModelDoesNotKnow_isFoundAsByWords(String tag) throws IOException {
    CorpusId corpus = new CorpusId(tag);
    Map<String, DocumentId> questions = ingest(corpus, tag);
    try (CorpusSnapshot snapshot = store.snapshot(corpus, Freshness.DEFAULT, Call.UNLIMITED)) {
      assertThat(snapshot.languages()).containsOnlyKeys(new Language(tag));
    }
    int hybrid = 0;
    int lexical = 0;
    for (Map.Entry<String, DocumentId> question : questions.entrySet()) {
      hybrid += isFirst(corpus, question, Mode.HYBRID) ? 1 : 0;
      lexical += isFirst(corpus, question, Mode.LEXICAL) ? 1 : 0;
    }
    assertThat(hybrid).as("of %d", questions.size()).isGreaterThanOrEqualTo(lexical - CHANCE);
  }

  private static boolean isFirst(
      CorpusId corpus, Map.Entry<String, DocumentId> question, Mode mode) {
    RetrievalSpec spec =
        new RetrievalSpec(1, mode, 100, Fusion.Evidence.DEFAULT, Freshness.DEFAULT);
    return retriever.retrieve(corpus, question.getKey(), spec, Call.UNLIMITED).passages().stream()
        .anyMatch(passage -> passage.document().id().equals(question.getValue()));
  }

  private static Map<String, DocumentId> ingest(CorpusId corpus, String tag) throws IOException {
    TestCorpora.create(store, miniLm, corpus);
    Ingestor ingestor =
        new Ingestor(
            store,
            miniLm,
            new StandardDocumentParser(),
            new LanguageDetector(),
            InstantSource.system(),
            IngestConfig.DEFAULT,
            TestExecution.SHARED);
    Map<String, DocumentId> questions = new LinkedHashMap<>();
    Path file = Requirements.root().resolve("rag-bench/eval/%s.json".formatted(tag));
    int count = 0;
    for (JsonNode article : JsonMapper.builder().build().readTree(file.toFile()).path("data")) {
      for (JsonNode paragraph : article.path("paragraphs")) {
        DocumentId id = new DocumentId("p%03d".formatted(count++));
        byte[] text = paragraph.path("context").asText().getBytes(UTF_8);
        Upload upload = new Upload(id, MediaType.PLAIN_TEXT, null, "", "", "", text);
        var _ = ingestor.ingest(corpus, upload, Call.UNLIMITED);
        paragraph.path("qas").forEach(it -> questions.put(it.path("question").asText(), id));
      }
    }
    assertThat(questions).hasSizeGreaterThan(40);
    return questions;
  }
}
