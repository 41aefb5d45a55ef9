package dev.ragline.copying;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.AnswerLanguage;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Consistency;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.GenerationSettings;
import dev.ragline.document.GroundingSettings;
import dev.ragline.document.Language;
import dev.ragline.document.MetadataField;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.MetadataType;
import dev.ragline.document.Metric;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.Corpora;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.CorpusStats;
import dev.ragline.store.EmbeddedChunk;
import dev.ragline.store.Revisions;
import dev.ragline.store.WholeDocuments;
import dev.ragline.testing.TestExecution;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for a copy between any two stores. */
abstract class CopyContract {
  static final CorpusId CORPUS = new CorpusId("Hand-book_1");

  private static final GenerationSettings GENERATION =
      new GenerationSettings(
          "model",
          0.5,
          7L,
          100,
          List.of("END"),
          "Be brief.",
          null,
          AnswerLanguage.OF_QUESTION,
          null);

  protected ChunkStore from;
  protected ChunkStore to;

  /** Opens a store in which nobody has written. */
  protected abstract ChunkStore openFrom();

  /** Opens another one. */
  protected abstract ChunkStore openTo();

  @BeforeEach
  void open() {
    from = openFrom();
    to = openTo();
  }

  @AfterEach
  void close() {
    // Null where what opens it was skipped.
    if (from != null && to != null) {
      to.close();
      from.close();
    }
  }

  /** Fills the original. */
  void fill() {
    from.createCorpus(Corpora.of(CORPUS.value(), Metric.COSINE, Revisions.DIMENSION));
    write("empty~of chunks.txt", 0);
    for (int i = 0; i < 9; i++) {
      write("handbook~%d ü.md".formatted(i), i);
    }
    byte[] large = new byte[200_000];
    new SplittableRandom(7).nextBytes(large);
    var _ = from.replaceDocument(CORPUS, Revisions.ofContent("large", large), Call.UNLIMITED);
  }

  private void write(String id, int chunks) {
    String[] texts = new String[chunks];
    for (int i = 0; i < chunks; i++) {
      texts[i] = "Text %d of %s, größer: 𝔷".formatted(i, id);
    }
    var revision = Revisions.of(id, List.of("Book", "Part <" + id + ">"), Revisions::vector, texts);
    var _ = from.replaceDocument(CORPUS, revision, Call.UNLIMITED);
  }

  CopyResult copy() {
    return new CorpusCopier(from, to, TestExecution.SHARED.waiting())
        .copy(CORPUS, false, CopyProgress.UNHEARD);
  }

  @Test
  void copy_corpus_isTheSameInAll() {
    fill();

    assertThat(copy())
        .isEqualTo(new CopyResult(CORPUS, new CorpusStats(11, 36), new CorpusStats(0, 0), 0));

    assertSame();
  }

  /** Larger ones are read while they are written. */
  @Test
  void copy_largeDocuments_areTheSameInAll() {
    from.createCorpus(Corpora.of(CORPUS.value(), Metric.COSINE, Revisions.DIMENSION));
    write("many chunks", 1300);
    byte[] large = new byte[(4 << 20) + 12_345];
    new SplittableRandom(8).nextBytes(large);
    var _ = from.replaceDocument(CORPUS, Revisions.ofContent("large", large), Call.UNLIMITED);

    assertThat(copy().copied()).isEqualTo(new CorpusStats(2, 1300));

    assertSame();
  }

  @Test
  void copy_again_copiesNothing() {
    fill();
    copy();

    assertThat(copy())
        .isEqualTo(new CopyResult(CORPUS, new CorpusStats(0, 0), new CorpusStats(11, 36), 0));
  }

  /** A setting that is new is asked for here, too: none may have the value that it has unset. */
  @Test
  void copy_everySetting_isBroughtToANewCopyAndToOneThatIsThere() throws Exception {
    Corpus all = withEverySetting(Corpora.of(CORPUS.value()));
    for (RecordComponent setting : Corpus.class.getRecordComponents()) {
      assertThat(setting.getAccessor().invoke(all))
          .as(setting.getName())
          .isNotIn(null, "", GenerationSettings.NONE, GroundingSettings.DEFAULT)
          .isNotEqualTo(MetadataSchema.EMPTY);
    }
    from.createCorpus(all);
    copy();
    assertThat(settings(to)).isEqualTo(all);

    to.deleteCorpus(CORPUS, corpus -> {});
    Corpus plain = Corpora.of(CORPUS.value()).createdAt(Instant.parse("2026-02-02T00:00:00Z"));
    to.createCorpus(plain);
    copy();
    assertThat(settings(to)).isEqualTo(all.createdAt(plain.createTime()));
  }

  private static Corpus settings(ChunkStore store) {
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      return snapshot.corpus();
    }
  }

  /** What is not about vectors and chunks, which a copy that is there must have already. */
  private static Corpus withEverySetting(Corpus plain) {
    return new Corpus(
        plain.id(),
        "Das Handbuch ☕",
        plain.embeddingModel(),
        plain.metric(),
        plain.chunking(),
        Consistency.STRONG,
        new Language("de"),
        plain.createTime(),
        "etag-of-all",
        MetadataSchema.of(List.of(new MetadataField("team", MetadataType.STRING))),
        GENERATION,
        new GroundingSettings(0.25));
  }

  /** Settings, documents, contents, chunks and vectors are equal bit for bit. */
  void assertSame() {
    try (CorpusSnapshot original = from.snapshot(CORPUS);
        CorpusSnapshot copy = to.snapshot(CORPUS)) {
      Corpus settings = original.corpus();
      assertThat(copy.corpus()).isEqualTo(settings);
      assertThat(WholeDocuments.read(copy)).isEqualTo(WholeDocuments.read(original));
      List<Document> documents = original.documents(null, Integer.MAX_VALUE);
      assertThat(copy.documents(null, Integer.MAX_VALUE)).isEqualTo(documents);
      for (Document document : documents) {
        ByteRange all = new ByteRange(0, document.size());
        assertThat(Revisions.content(copy, document.id(), all))
            .isEqualTo(Revisions.content(original, document.id(), all));
        assertSameChunks(original, copy, document.id());
      }
    }
  }

  private static void assertSameChunks(
      CorpusSnapshot original, CorpusSnapshot copy, DocumentId id) {
    List<EmbeddedChunk> chunks = original.embeddedChunks(id);
    List<EmbeddedChunk> copies = copy.embeddedChunks(id);
    assertThat(copies).hasSameSizeAs(chunks);
    for (int i = 0; i < chunks.size(); i++) {
      assertThat(copies.get(i).chunk()).isEqualTo(chunks.get(i).chunk());
      assertThat(copies.get(i).embeddedDigest()).isEqualTo(chunks.get(i).embeddedDigest());
      assertThat(copies.get(i).vector()).containsExactly(chunks.get(i).vector());
    }
  }
}
