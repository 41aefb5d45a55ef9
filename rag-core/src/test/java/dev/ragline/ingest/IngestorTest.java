package dev.ragline.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.analysis.LanguageDetector;
import dev.ragline.call.Call;
import dev.ragline.corpus.Corpora;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.Chunking;
import dev.ragline.document.Consistency;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.Language;
import dev.ragline.document.LeadIn;
import dev.ragline.document.MediaType;
import dev.ragline.document.Metadata;
import dev.ragline.document.MetadataField;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.MetadataType;
import dev.ragline.document.MetadataValue;
import dev.ragline.document.Metric;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.document.Warning;
import dev.ragline.filter.FilterCompiler;
import dev.ragline.parsing.StandardDocumentParser;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.EmbeddedChunk;
import dev.ragline.store.Revisions;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.testing.FakeEmbedder;
import dev.ragline.testing.TestExecution;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngestorTest {
  private static final MetadataSchema SCHEMA =
      MetadataSchema.of(List.of(new MetadataField("team", MetadataType.STRING)));
  private static final CorpusId CORPUS = new CorpusId("docs");
  private static final DocumentId DOCUMENT = new DocumentId("a.md");
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789Z");

  @TempDir Path folder;
  private final FakeEmbedder embedder = new FakeEmbedder();
  private LuceneChunkStore store;
  private Ingestor ingestor;

  @BeforeEach
  void open() {
    store = LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED);
    InstantSource clock = InstantSource.fixed(NOW);
    var _ =
        new Corpora(store, embedder, clock)
            .create(CORPUS, "", Metric.IP, Chunking.DEFAULT, Consistency.SESSION, null, SCHEMA);
    ingestor =
        new Ingestor(
            store,
            embedder,
            new StandardDocumentParser(),
            new LanguageDetector(),
            clock,
            new IngestConfig(5000),
            TestExecution.SHARED);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private IngestResult ingest(String content) {
    return ingest(content, "", "");
  }

  private IngestResult ingest(String content, String title, String etag) {
    Upload upload =
        new Upload(
            DOCUMENT, MediaType.MARKDOWN, null, title, "file:a", etag, content.getBytes(UTF_8));
    return ingestor.ingest(CORPUS, upload, Call.UNLIMITED);
  }

  @Test
  void ingest_document_isGivenItsLanguageAndKeepsIt() {
    String german = "Die Hauptstadt von Deutschland ist Berlin.";
    assertThat(ingest(german).document().language().tag()).isEqualTo("de");
    Upload said =
        new Upload(
            DOCUMENT,
            MediaType.MARKDOWN,
            new Language("nl"),
            "",
            "file:a",
            "",
            german.getBytes(UTF_8));
    assertThat(ingestor.ingest(CORPUS, said, Call.UNLIMITED).document().language().tag())
        .isEqualTo("nl");
    // The same bytes again, with nothing said: nothing changed.
    assertThat(ingest(german).document().language().tag()).isEqualTo("nl");
    assertThat(ingest(german + " Sie liegt an der Spree.").document().language().tag())
        .isEqualTo("de");
  }

  private static void requireFails(ErrorCode code, String reason, ThrowingCallable call) {
    RagException failure = catchThrowableOfType(RagException.class, call);
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.reason()).isEqualTo(reason);
  }

  private Set<Sha256> embeddedTexts() {
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      return snapshot.embeddedChunks(DOCUMENT).stream()
          .map(EmbeddedChunk::embeddedDigest)
          .collect(Collectors.toSet());
    }
  }

  private static Metadata team(String name) {
    return Metadata.of(Map.of("team", new MetadataValue.Text(name)));
  }

  private IngestResult ingest(String content, Metadata metadata) {
    Upload upload =
        new Upload(
            DOCUMENT, MediaType.MARKDOWN, null, "", "", "", metadata, content.getBytes(UTF_8));
    return ingestor.ingest(CORPUS, upload, Call.UNLIMITED);
  }

  @Test
  void ingest_otherMetadataOnly_isWrittenAndEmbedsNothing() {
    String content = "# Mills\n\nThe mill stands.\n";
    assertThat(ingest(content, team("red")).receipt()).isEqualTo(new Receipt(1, 0, 0, 0, 1));
    IngestResult same = ingest(content, team("red"));
    IngestResult other = ingest(content, team("blue"));
    assertThat(other.receipt()).isEqualTo(new Receipt(0, 0, 1, 0, 0));
    assertThat(other.document().etag()).isNotEqualTo(same.document().etag());
    CandidateQuery blue =
        CandidateQuery.byText("mill", 9)
            .filtered(FilterCompiler.compile("metadata.team == 'blue'", SCHEMA));
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      assertThat(snapshot.document(DOCUMENT)).contains(other.document());
      assertThat(snapshot.document(DOCUMENT).orElseThrow().metadata()).isEqualTo(team("blue"));
      assertThat(snapshot.search(blue).lexical()).hasSize(1);
    }
    assertThat(ingest(content, Metadata.EMPTY).document().metadata().isEmpty()).isTrue();
  }

  @Test
  void ingest_metadataThatDoNotFit_areRefusedEarlyAndLate() {
    Metadata unknown = Metadata.of(Map.of("other", new MetadataValue.Text("x")));
    requireFails(
        ErrorCode.INVALID_ARGUMENT,
        "INVALID_FIELD",
        () -> ingestor.requireWritable(CORPUS, unknown, Call.UNLIMITED));
    requireFails(ErrorCode.INVALID_ARGUMENT, "INVALID_FIELD", () -> ingest("Text.", unknown));
  }

  @Test
  void ingest_newDocument_isDescribedAndWhole() {
    String content = "# Mills\n\nThe mill stands.\n\n# Rivers\n\nThe river flows.\n";
    IngestResult result = ingest(content);
    Document document = result.document();
    assertThat(document.title()).isEqualTo("Mills");
    assertThat(document.uri()).isEqualTo("file:a");
    assertThat(document.size()).isEqualTo(content.length());
    assertThat(document.revision()).isEqualTo(Sha256.of(content));
    assertThat(document.updateTime()).isEqualTo(NOW);
    assertThat(result.receipt()).isEqualTo(new Receipt(2, 0, 0, 0, 2));
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      assertThat(snapshot.document(DOCUMENT)).contains(document);
      List<Chunk> chunks = snapshot.chunks(DOCUMENT, 0, 9);
      assertThat(chunks).hasSize(document.chunkCount());
      for (Chunk chunk : chunks) {
        assertThat(new String(Revisions.content(snapshot, DOCUMENT, chunk.range()), UTF_8))
            .isEqualTo(chunk.text());
      }
      ByteRange all = new ByteRange(0, document.size());
      assertThat(Revisions.content(snapshot, DOCUMENT, all)).asString(UTF_8).isEqualTo(content);
    }
  }

  @Test
  void ingest_randomEdits_receiptsAddUpAndOnlyNewTextsAreEmbedded() {
    long seed = 5;
    SplittableRandom random = new SplittableRandom(seed);
    List<String> sections = new ArrayList<>(List.of("first", "second", "third"));
    int before = 0;
    for (int i = 0; i < 120; i++) {
      edit(sections, random, i);
      Set<Sha256> known = embeddedTexts();
      int calls = embedder.calls().size();
      IngestResult result = ingest(content(sections));
      Receipt receipt = result.receipt();
      String when = "seed %d, edit %d: %s".formatted(seed, i, receipt);
      int count = result.document().chunkCount();
      assertThat(receipt.added() + receipt.changed() + receipt.unchanged())
          .as(when)
          .isEqualTo(count);
      assertThat(receipt.changed() + receipt.unchanged() + receipt.removed())
          .as(when)
          .isEqualTo(before);
      Set<Sha256> fresh = embeddedTexts();
      fresh.removeAll(known);
      assertThat(receipt.embedded()).as(when).isEqualTo(fresh.size());
      assertThat(embedder.calls().stream().skip(calls).mapToInt(List::size).sum())
          .as(when)
          .isEqualTo(fresh.size());
      before = count;
    }
  }

  private static void edit(List<String> sections, SplittableRandom random, int number) {
    int at = random.nextInt(sections.size());
    switch (random.nextInt(6)) {
      case 0 -> sections.add(at, "new words " + number);
      case 1 -> sections.set(at, "other words " + number);
      case 2 -> sections.add(sections.remove(at));
      case 3 -> sections.add(at, sections.get(random.nextInt(sections.size())));
      case 4 -> {
        if (sections.size() > 1) {
          sections.remove(at);
        }
      }
      default -> {}
    }
  }

  private static String content(List<String> sections) {
    StringBuilder content = new StringBuilder("# Title\n\nThe beginning.\n\n");
    sections.forEach(section -> content.append("# Part\n\n").append(section).append(".\n\n"));
    return content.toString();
  }

  @Test
  void ingest_longTable_rowsNameTheChunkThatHoldsTheirColumns() {
    StringBuilder table =
        new StringBuilder("Ports of services:\n\n| Service | Port |\n|---|---|\n");
    for (int i = 0; i < 90; i++) {
      table.append("| service number %d of them all | %d |\n".formatted(i, 9000 + i));
    }
    assertThat(ingest(table.toString()).document().chunkCount()).isGreaterThan(2);
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      List<Chunk> chunks = snapshot.chunks(DOCUMENT, 0, 100);
      assertThat(chunks.getFirst().leadIns()).isEmpty();
      for (Chunk chunk : chunks.subList(1, chunks.size())) {
        assertThat(chunk.leadIns())
            .extracting(LeadIn::text)
            .containsExactly("Ports of services:", "Service | Port");
        for (LeadIn leadIn : chunk.leadIns()) {
          assertThat(leadIn.chunk()).isZero();
          assertThat(new String(Revisions.content(snapshot, DOCUMENT, leadIn.range()), UTF_8))
              .isIn("Ports of services:", "Service | Port");
        }
      }
      assertThat(snapshot.search(CandidateQuery.byText("ports", 100)).lexical())
          .hasSameSizeAs(chunks);
    }
  }

  @Test
  void ingest_sameAgain_writesNothing() {
    Document first = ingest("# A\n\nText.\n").document();
    IngestResult again = ingest("# A\n\nText.\n");
    assertThat(again.document()).isEqualTo(first);
    assertThat(again.receipt()).isEqualTo(new Receipt(0, 0, 1, 0, 0));
    assertThat(embedder.calls()).hasSize(1);
  }

  @Test
  void ingest_otherTitleOnly_isWritten() {
    Document first = ingest("plain text").document();
    Document second = ingest("plain text", "A title", "").document();
    assertThat(first.title()).isEqualTo("a.md");
    assertThat(second.title()).isEqualTo("A title");
    assertThat(second.etag()).isNotEqualTo(first.etag());
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      assertThat(snapshot.document(DOCUMENT)).contains(second);
    }
  }

  @Test
  void ingest_etag_guardsWhatWasRead() {
    requireFails(ErrorCode.ABORTED, "ETAG_MISMATCH", () -> ingest("text", "", "none"));
    String first = ingest("text").document().etag();
    String second = ingest("other text", "", first).document().etag();
    requireFails(ErrorCode.ABORTED, "ETAG_MISMATCH", () -> ingest("third text", "", first));
    assertThat(ingest("third text", "", second).receipt().changed()).isEqualTo(1);
  }

  @Test
  void ingest_contentThatCannotBe_isRefused() {
    for (String content : new String[] {"a\0b", "x".repeat(5001)}) {
      requireFails(ErrorCode.INVALID_ARGUMENT, "INVALID_FIELD", () -> ingest(content));
    }
    assertThat(embedder.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n\u00A0",
        "\uFEFF",
        "---\ntitle: Storage\nweight: 40\n---\n",
        "+++\ntitle = 'Storage'\n+++\n",
        "<!-- nothing here any more -->\n",
        "---\n---\n"
      })
  void ingest_nothingToReadAnyMore_takesThePlaceOfWhatWas(String content) {
    var _ = ingest("# Mills\n\nThe mill stands.\n\n# Rivers\n\nThe river flows.\n");
    IngestResult emptied = ingest(content);
    assertThat(emptied.receipt()).isEqualTo(new Receipt(0, 0, 0, 2, 0));
    assertThat(emptied.document().chunkCount()).isZero();
    assertThat(emptied.document().size()).isEqualTo(content.getBytes(UTF_8).length);
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      assertThat(snapshot.document(DOCUMENT)).contains(emptied.document());
      assertThat(snapshot.search(CandidateQuery.byText("mill", 9)).lexical()).isEmpty();
      assertThat(snapshot.stats().chunks()).isZero();
    }
    IngestResult again = ingest(content);
    assertThat(again.document()).isEqualTo(emptied.document());
    assertThat(again.receipt()).isEqualTo(new Receipt(0, 0, 0, 0, 0));
    assertThat(ingest("# Mills\n\nThey are back.\n").receipt())
        .isEqualTo(new Receipt(1, 0, 0, 0, 1));
  }

  @Test
  void ingest_frontMatter_isMetadataUnlessTheUploaderSaysOtherwise() {
    String content = "---\nteam: red\nother: x\n---\n# Mills\n\nThe mill stands.\n";
    IngestResult declared = ingest(content);
    assertThat(declared.document().metadata()).isEqualTo(team("red"));
    assertThat(declared.warnings()).isEmpty();
    assertThat(ingest(content, team("blue")).document().metadata()).isEqualTo(team("blue"));
    IngestResult back = ingest(content);
    assertThat(back.document().metadata()).isEqualTo(team("red"));
    assertThat(back.receipt()).isEqualTo(new Receipt(0, 0, 1, 0, 0));
    CandidateQuery red =
        CandidateQuery.byText("mill", 9)
            .filtered(FilterCompiler.compile("metadata.team == 'red'", SCHEMA));
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      assertThat(snapshot.search(red).lexical()).hasSize(1);
    }
  }

  @Test
  void ingest_frontMatterThatDoesNotFit_isAWarning() {
    IngestResult list = ingest("---\nteam: [a, b]\n---\nThe mill stands.\n");
    assertThat(list.document().metadata().isEmpty()).isTrue();
    assertThat(list.warnings()).extracting(Warning::code).containsExactly("FRONT_MATTER_IGNORED");
    // Also where nothing is written.
    assertThat(ingest("---\nteam: [a, b]\n---\nThe mill stands.\n").warnings())
        .isEqualTo(list.warnings());
  }

  @Test
  void ingest_description_isFound() {
    var _ = ingest("---\ntitle: T\ndescription: Where the miller lives.\n---\n# A\n\nText.\n");
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      assertThat(snapshot.search(CandidateQuery.byText("miller", 9)).lexical())
          .extracting(found -> found.chunk().text())
          .containsExactly("Where the miller lives.");
    }
  }

  @Test
  void ingest_unknownCorpus_isNotFound() {
    CorpusId none = new CorpusId("none");
    Upload upload = new Upload(DOCUMENT, MediaType.MARKDOWN, null, "", "", "", new byte[] {'a'});
    requireFails(
        ErrorCode.NOT_FOUND,
        "CORPUS_NOT_FOUND",
        () -> ingestor.ingest(none, upload, Call.UNLIMITED));
    requireFails(
        ErrorCode.NOT_FOUND,
        "CORPUS_NOT_FOUND",
        () -> ingestor.requireWritable(none, Metadata.EMPTY, Call.UNLIMITED));
  }

  @Test
  void ingest_deadlinePassed_writesNothing() {
    Upload upload = new Upload(DOCUMENT, MediaType.MARKDOWN, null, "", "", "", new byte[] {'a'});
    requireFails(
        ErrorCode.DEADLINE_EXCEEDED,
        "DEADLINE_EXCEEDED",
        () -> ingestor.ingest(CORPUS, upload, Call.within(Duration.ZERO)));
    assertThat(embeddedTexts()).isEmpty();
  }

  @Test
  void delete_document_tellsItsChunksAndGuardsByEtag() {
    String etag = ingest("# A\n\nOne.\n\n# B\n\nTwo.\n").document().etag();
    requireFails(
        ErrorCode.ABORTED,
        "ETAG_MISMATCH",
        () -> ingestor.delete(CORPUS, DOCUMENT, "another", Call.UNLIMITED));
    assertThat(ingestor.delete(CORPUS, DOCUMENT, etag, Call.UNLIMITED).removed()).isEqualTo(2);
    requireFails(
        ErrorCode.NOT_FOUND,
        "DOCUMENT_NOT_FOUND",
        () -> ingestor.delete(CORPUS, DOCUMENT, "", Call.UNLIMITED));
  }
}
