package dev.ragline.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.analysis.LanguageDetector;
import dev.ragline.call.Call;
import dev.ragline.corpus.Corpora;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunking;
import dev.ragline.document.Consistency;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.MediaType;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.Metric;
import dev.ragline.document.RagException;
import dev.ragline.parsing.StandardDocumentParser;
import dev.ragline.spool.SpoolFolder;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.EmbeddedChunk;
import dev.ragline.store.Revisions;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.testing.FakeEmbedder;
import dev.ragline.testing.ForwardingStore;
import dev.ragline.testing.TestExecution;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A document that is not held in memory is the same afterwards as one that is. */
class LargeDocumentTest {
  private static final CorpusId CORPUS = new CorpusId("docs");
  private static final DocumentId LARGE = new DocumentId("large");
  private static final DocumentId HELD = new DocumentId("held");
  private static final int MOST = 64 << 20;
  private static final List<String> WORDS = List.of("the", "water", "of", "naïve", "mill");

  @TempDir Path folder;
  private final FakeEmbedder embedder = new FakeEmbedder();
  private LuceneChunkStore store;

  @BeforeEach
  void open() {
    store =
        LuceneChunkStore.open(new LuceneStoreConfig(folder.resolve("store")), TestExecution.SHARED);
    var _ =
        new Corpora(store, embedder, InstantSource.system())
            .create(
                CORPUS,
                "",
                Metric.IP,
                Chunking.DEFAULT,
                Consistency.SESSION,
                null,
                MetadataSchema.EMPTY);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    try (Stream<Path> left = Files.list(Files.createDirectories(folder.resolve("spool")))) {
      assertThat(left).isEmpty();
    }
  }

  private Ingestor ingestor(ChunkStore writes, int maxChunks, int heldBytes) {
    return new Ingestor(
        writes,
        embedder,
        new StandardDocumentParser(),
        new LanguageDetector(),
        InstantSource.system(),
        new IngestConfig(MOST, maxChunks, heldBytes),
        TestExecution.SHARED,
        new SpoolFolder(folder.resolve("spool")));
  }

  private Ingestor large() {
    return ingestor(store, 20_000, 100);
  }

  private Ingestor held() {
    return ingestor(store, 20_000, MOST);
  }

  private static Upload upload(DocumentId id, MediaType type, String title, byte[] content) {
    return new Upload(id, type, null, title, "", "", content);
  }

  private static IngestResult ingest(Ingestor ingestor, DocumentId id, String content) {
    return ingestor.ingest(
        CORPUS,
        upload(id, MediaType.MARKDOWN, "The title", content.getBytes(UTF_8)),
        Call.UNLIMITED);
  }

  /** Paragraphs below headings, some of which stand there twice. */
  private static String text(long seed, int paragraphs) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < paragraphs; i++) {
      if (random.nextInt(6) == 0) {
        text.append("\n## Section ").append(random.nextInt(20)).append("\n");
      }
      text.append('\n');
      if (random.nextInt(9) == 0) {
        text.append("The same words, everywhere the same.\n");
        continue;
      }
      for (int word = random.nextInt(80); word >= 0; word--) {
        text.append(WORDS.get(random.nextInt(WORDS.size())));
        text.append(random.nextInt(100)).append(word % 9 == 0 ? ". " : " ");
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static List<EmbeddedChunk> chunks(CorpusSnapshot snapshot, DocumentId id) {
    return snapshot.embeddedChunks(id);
  }

  private void assertSame(String content) {
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      var one = snapshot.document(LARGE).orElseThrow();
      var other = snapshot.document(HELD).orElseThrow();
      assertThat(one.revision()).isEqualTo(other.revision());
      assertThat(one.title()).isEqualTo(other.title());
      assertThat(one.language()).isEqualTo(other.language());
      assertThat(one.chunkCount()).isEqualTo(other.chunkCount());
      List<EmbeddedChunk> windowed = chunks(snapshot, LARGE);
      List<EmbeddedChunk> whole = chunks(snapshot, HELD);
      for (int i = 0; i < whole.size(); i++) {
        assertThat(windowed.get(i).chunk().text()).isEqualTo(whole.get(i).chunk().text());
        assertThat(windowed.get(i).chunk().range()).isEqualTo(whole.get(i).chunk().range());
        assertThat(windowed.get(i).chunk().headingPath())
            .isEqualTo(whole.get(i).chunk().headingPath());
        assertThat(windowed.get(i).embeddedDigest()).isEqualTo(whole.get(i).embeddedDigest());
        assertThat(windowed.get(i).vector()).containsExactly(whole.get(i).vector());
        assertThat(windowed.get(i).vectors().sentences().bytes())
            .containsExactly(whole.get(i).vectors().sentences().bytes());
      }
      byte[] read = Revisions.content(snapshot, LARGE, new ByteRange(0, one.size()));
      assertThat(new String(read, UTF_8)).isEqualTo(content);
    }
  }

  @ParameterizedTest
  @EnumSource(MediaType.class)
  void ingest_largerThanAWindow_isAsIfItHadBeenHeld(MediaType type) {
    String content = text(1, 3000);
    assertThat(content.length()).as("more than a window").isGreaterThan(400_000);
    byte[] bytes = content.getBytes(UTF_8);
    Receipt one = large().ingest(CORPUS, upload(LARGE, type, "", bytes), Call.UNLIMITED).receipt();
    Receipt other = held().ingest(CORPUS, upload(HELD, type, "", bytes), Call.UNLIMITED).receipt();
    if (type == MediaType.MARKDOWN) {
      assertThat(one).isEqualTo(other);
      assertSame(content);
    } else {
      // Without a title of their own they are called by their ids, which are embedded.
      assertThat(one.added()).isPositive();
    }
  }

  @Test
  void ingest_titleOfItsOwnFarBehind_isFound() {
    String content = text(2, 2500) + "\n# What it is called\n\nThe end.\n";
    byte[] bytes = content.getBytes(UTF_8);
    var one = large().ingest(CORPUS, upload(LARGE, MediaType.MARKDOWN, "", bytes), Call.UNLIMITED);
    assertThat(one.document().title()).isEqualTo("What it is called");
    var _ = held().ingest(CORPUS, upload(HELD, MediaType.MARKDOWN, "", bytes), Call.UNLIMITED);
    assertSame(content);
  }

  @Test
  void ingest_sameAgain_embedsAndWritesNothing() {
    String content = text(3, 800);
    IngestResult first = ingest(large(), LARGE, content);
    int calls = embedder.calls().size();
    IngestResult again = ingest(large(), LARGE, content);
    assertThat(again.document()).isEqualTo(first.document());
    assertThat(again.receipt().unchanged()).isEqualTo(first.receipt().added());
    assertThat(embedder.calls()).hasSize(calls);
  }

  @Test
  void ingest_oneParagraphChanged_embedsLittleAndKeepsTheRest() {
    String content = text(4, 800);
    var _ = ingest(large(), LARGE, content);
    String changed = content.replaceFirst("\n\n", "\n\nA new paragraph about nothing.\n\n");
    Receipt receipt = ingest(large(), LARGE, changed).receipt();
    assertThat(receipt.embedded()).isBetween(1, 20);
    assertThat(receipt.unchanged()).isGreaterThan(100);
    var _ = ingest(held(), HELD, changed);
    assertSame(changed);
  }

  @Test
  void ingest_fromSmallToLargeAndBack_replacesTheOneByTheOther() {
    for (int paragraphs : new int[] {3, 500, 2, 900}) {
      String content = text(paragraphs, paragraphs);
      var _ = ingest(ingestor(store, 20_000, 5000), LARGE, content);
      var _ = ingest(held(), HELD, content);
      assertSame(content);
    }
  }

  @Test
  void ingest_writeFails_sameBytesAgainEmbedNothing() {
    String content = text(5, 900);
    AtomicLong refusals = new AtomicLong(1);
    Ingestor unlucky =
        ingestor(
            new ForwardingStore(store) {
              @Override
              public String replaceDocument(Corpus corpus, DocumentRevision revision, Call call) {
                if (refusals.getAndDecrement() > 0) {
                  throw RagException.corpusNotFound(corpus.id());
                }
                return super.replaceDocument(corpus, revision, call);
              }
            },
            20_000,
            100);
    assertThatThrownBy(() -> ingest(unlucky, LARGE, content)).isInstanceOf(RagException.class);
    int calls = embedder.calls().size();
    assertThat(calls).isPositive();
    Receipt receipt = ingest(unlucky, LARGE, content).receipt();
    assertThat(receipt.embedded()).isZero();
    assertThat(receipt.added()).isPositive();
    assertThat(embedder.calls()).hasSize(calls);
    var _ = ingest(held(), HELD, content);
    assertSame(content);
  }

  @Test
  void ingest_moreChunksThanAllowed_isRefusedAndLeavesNothing() {
    RagException failure =
        catchThrowableOfType(
            RagException.class, () -> ingest(ingestor(store, 50, 100), LARGE, text(6, 900)));
    assertThat(failure).hasMessageContaining("more than 50 chunks");
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      assertThat(snapshot.document(LARGE)).isEmpty();
    }
  }

  @Test
  void ingest_asManyChunksAsAllowed_isWritten() {
    String content = text(7, 500);
    int chunks = ingest(held(), HELD, content).document().chunkCount();
    assertThat(ingest(ingestor(store, chunks, 100), LARGE, content).document().chunkCount())
        .isEqualTo(chunks);
  }

  @Test
  void ingest_whatIsNoText_isRefusedInTheSameWords() throws IOException {
    byte[] prose = text(8, 2000).getBytes(UTF_8);
    byte[] later = prose.clone();
    later[prose.length - 200] = 0;
    byte[] malformed = prose.clone();
    malformed[70_000] = (byte) 0xFF;
    ByteArrayOutputStream cut = new ByteArrayOutputStream();
    cut.write(prose);
    cut.write(0xE5);
    byte[] both = later.clone();
    both[prose.length - 100] = (byte) 0xC3;
    both[prose.length - 99] = 'x';
    byte[] blank = " \n\t".repeat(100_000).getBytes(UTF_8);
    byte[] markup = "<!-- nothing -->\n\n".repeat(20_000).getBytes(UTF_8);
    for (byte[] content : List.of(later, malformed, cut.toByteArray(), both, blank, markup)) {
      RagException one = failure(large(), content);
      RagException other = failure(held(), content);
      assertThat(one).hasMessage(other.getMessage());
      assertThat(one.details()).isEqualTo(other.details());
    }
  }

  private static RagException failure(Ingestor ingestor, byte[] content) {
    return catchThrowableOfType(
        RagException.class,
        () ->
            ingestor.ingest(
                CORPUS, upload(LARGE, MediaType.MARKDOWN, "", content), Call.UNLIMITED));
  }

  @Test
  void ingest_large_holdsLittleOfItAndGivesItBack() {
    IngestMemory memory = new IngestMemory(Long.MAX_VALUE);
    AtomicLong most = new AtomicLong();
    Ingestor watched =
        ingestor(
            new ForwardingStore(store) {
              @Override
              public String replaceDocument(Corpus corpus, DocumentRevision revision, Call call) {
                most.set(memory.used());
                return super.replaceDocument(corpus, revision, call);
              }
            },
            20_000,
            100);
    byte[] content = text(9, 3000).getBytes(UTF_8);
    try (IngestMemory.Share share = memory.share()) {
      IngestResult result =
          watched.ingest(
              CORPUS, upload(LARGE, MediaType.PLAIN_TEXT, "", content), share, Call.UNLIMITED);
      assertThat(most.get()).isPositive();
      assertThat(most.get()).isLessThan(200L * result.document().chunkCount());
    }
    assertThat(memory.used()).isZero();
  }
}
