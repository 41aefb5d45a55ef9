package dev.ragline.answering.extractive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.analysis.LanguageDetector;
import dev.ragline.answering.AnswerWriter.Assignment;
import dev.ragline.answering.Citation;
import dev.ragline.call.Call;
import dev.ragline.document.ByteRange;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.GenerationSettings;
import dev.ragline.document.Language;
import dev.ragline.document.MediaType;
import dev.ragline.document.reading.Reading;
import dev.ragline.document.reading.TextSpan;
import dev.ragline.ingest.IngestConfig;
import dev.ragline.ingest.Ingestor;
import dev.ragline.ingest.Upload;
import dev.ragline.parsing.Readings;
import dev.ragline.parsing.StandardDocumentParser;
import dev.ragline.retrieval.Fusion;
import dev.ragline.retrieval.HybridRetriever;
import dev.ragline.retrieval.Retrieval;
import dev.ragline.retrieval.RetrievalSpec;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Freshness;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.testing.FakeEmbedder;
import dev.ragline.testing.RecordingDraft;
import dev.ragline.testing.TestCorpora;
import dev.ragline.testing.TestExecution;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is what is read, found and quoted: from ingestion to the answer. */
class QuotedReadingTest {
  private static final CorpusId CORPUS = new CorpusId("docs");
  private static final int DOCUMENTS = 60;

  @TempDir Path folder;
  private final FakeEmbedder embedder = new FakeEmbedder();
  private LuceneChunkStore store;
  private Ingestor ingestor;

  @BeforeEach
  void open() {
    store = LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED);
    InstantSource clock = InstantSource.system();
    TestCorpora.create(store, embedder, CORPUS);
    ingestor =
        new Ingestor(
            store,
            embedder,
            new StandardDocumentParser(),
            new LanguageDetector(),
            clock,
            IngestConfig.DEFAULT,
            TestExecution.SHARED);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void ingest(String id, MediaType type, String text) {
    Upload upload =
        new Upload(new DocumentId(id), type, Language.ENGLISH, "T", "", "", text.getBytes(UTF_8));
    var _ = ingestor.ingest(CORPUS, upload, Call.UNLIMITED);
  }

  private RecordingDraft answer(String question) {
    RetrievalSpec spec =
        new RetrievalSpec(
            4, RetrievalSpec.Mode.LEXICAL, 100, Fusion.Weighted.DEFAULT, Freshness.DEFAULT);
    Retrieval found =
        new HybridRetriever(embedder, store, TestExecution.SHARED)
            .retrieve(CORPUS, question, spec, Call.UNLIMITED);
    RecordingDraft draft = new RecordingDraft();
    var _ =
        new ExtractiveWriter(TestExecution.SHARED.compute())
            .write(
                new Assignment(question, found, List.of(), GenerationSettings.NONE),
                Call.UNLIMITED,
                draft);
    return draft;
  }

  private List<String> found(CorpusSnapshot snapshot, String word) {
    return snapshot.search(CandidateQuery.byText(word, 10)).lexical().stream()
        .map(candidate -> candidate.chunk().id().document().value())
        .distinct()
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void ingest_generatedDocuments_areFoundAndQuotedAsTheyRead(MediaType type) {
    for (int i = 0; i < DOCUMENTS; i++) {
      ingest("d" + i, type, MarkedDocument.of(i).text());
    }
    int quotes = 0;
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      for (int i = 0; i < DOCUMENTS; i++) {
        MarkedDocument document = MarkedDocument.of(i);
        Reading whole = Readings.of(document.text(), type);
        if (type == MediaType.MARKDOWN) {
          for (String word : document.seen()) {
            assertThat(whole.text()).as("seed %d", i).contains(word);
            assertThat(found(snapshot, word)).as("seed %d: %s", i, word).containsExactly("d" + i);
          }
          for (String word : document.hidden()) {
            assertThat(whole.text()).as("seed %d", i).doesNotContain(word);
            assertThat(found(snapshot, word)).as("seed %d: %s", i, word).isEmpty();
          }
        }
        RecordingDraft draft =
            answer("What is near the " + String.join(" ", document.seen()) + "?");
        for (Citation citation : draft.citations()) {
          quotes += assertQuoted(citation, draft.text(), type);
        }
      }
    }
    assertThat(quotes).isGreaterThan(DOCUMENTS / 2);
  }

  private static int assertQuoted(Citation citation, String answer, MediaType type) {
    String claim = slice(answer.getBytes(UTF_8), citation.claim());
    String id = citation.chunk().id().document().value();
    String text = MarkedDocument.of(Long.parseLong(id.substring(1))).text();
    byte[] source = text.getBytes(UTF_8);
    int start = slice(source, new ByteRange(0, citation.quote().start())).length();
    int length = slice(source, citation.quote()).length();
    Reading whole = Readings.of(text, type);
    assertThat(whole.of(new TextSpan(start, start + length))).as(text).isEqualTo(claim);

    StringBuilder told = new StringBuilder();
    long done = citation.quote().start();
    for (Citation.SourceChange change : Objects.requireNonNull(citation.changes())) {
      told.append(slice(source, new ByteRange(done, change.source().start())));
      told.append(change.shown());
      done = change.source().end();
    }
    told.append(slice(source, new ByteRange(done, citation.quote().end())));
    assertThat(told).hasToString(claim);
    return 1;
  }

  private static String slice(byte[] bytes, ByteRange range) {
    return new String(Arrays.copyOfRange(bytes, (int) range.start(), (int) range.end()), UTF_8);
  }

  static List<Arguments> commands() {
    return List.of(
        Arguments.of(
            "How do I log out a user?", "Run app logout <user> --force to log out a user."),
        Arguments.of("What does a list of names hold?", "A list of names is List<String> in Java."),
        Arguments.of("How do I sign a commit?", "To sign a commit, use -S[<keyid>] with git."),
        Arguments.of("Where is the token sent?", "The token is sent to <host>:<port>/<path> only."),
        Arguments.of("Which map holds the labels?", "The labels are in Map<K, List<V>> there."),
        Arguments.of(
            "How is an object labelled?", "An object is labelled by label <object> <label>=x."),
        Arguments.of(
            "When is a smaller than b?", "The check a<b and c>d is when a is smaller than b."));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void answer_placeholders_areQuotedInMarkdownAndInPlainText(String question, String sentence) {
    ingest("a.md", MediaType.MARKDOWN, "# Guide\n\n" + sentence + "\n");
    assertThat(answer(question).text()).isEqualTo(sentence);
    ingest("a.md", MediaType.PLAIN_TEXT, sentence + "\n");
    assertThat(answer(question).text()).isEqualTo(sentence);
  }

  @Test
  void answer_plainText_isNotInterpreted() {
    String sentence = "The *owner* of the _gate_ is R&amp;D <b>only</b>, see [x](y) and \\_z.";
    ingest("a.txt", MediaType.PLAIN_TEXT, sentence);
    assertThat(answer("Who is the owner of the gate?").text()).isEqualTo(sentence);
  }

  @Test
  void ingest_pictureInTheDocument_isNoText() {
    String picture = "QUJDREVG".repeat(10_000);
    ingest(
        "a.md",
        MediaType.MARKDOWN,
        "# Crane\n\nThe crane lifts four tons.\n\n![photo](data:image/png;base64,"
            + picture
            + ")\n\nText ![in](data:image/png;base64,"
            + picture
            + ") a line.\n\nThe crane is yellow.");
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      assertThat(snapshot.stats().chunks()).isLessThanOrEqualTo(3);
    }
  }
}
