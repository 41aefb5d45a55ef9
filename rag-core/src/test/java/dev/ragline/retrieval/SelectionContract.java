package dev.ragline.retrieval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.analysis.LanguageDetector;
import dev.ragline.call.Call;
import dev.ragline.corpus.Corpora;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Chunking;
import dev.ragline.document.Consistency;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.Language;
import dev.ragline.document.MediaType;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.Metric;
import dev.ragline.document.Stage;
import dev.ragline.ingest.IngestConfig;
import dev.ragline.ingest.Ingestor;
import dev.ragline.ingest.Upload;
import dev.ragline.parsing.StandardDocumentParser;
import dev.ragline.retrieval.RetrievalSpec.Mode;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Freshness;
import dev.ragline.testing.FakeEmbedder;
import dev.ragline.testing.TestExecution;
import java.io.ByteArrayOutputStream;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is chosen of what was found and what is given around it, whatever the store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SelectionContract {
  private static final CorpusId BOOKS = new CorpusId("books");
  private static final CorpusId RANDOM = new CorpusId("random");
  private static final int CHUNK = 20;
  private static final String[] WORDS =
      "mill river bread oven ship harbour stone wheel größe 向量 café flour".split(" ");

  /** A section of four chunks with a subsection, between two others. */
  private static final String MILL =
      """
      # The mill

      The mill grinds grain of all the farms around here since sixteen hundred.

      ## Water

      The river turns the wheel which is made of oak and very old.

      A sluice holds the river back when the miller wants the wheel to rest.

      In winter the river freezes and then all the work has to stop.

      ### Repairs of the wheel

      New paddles are cut from oak each spring by the carpenter of the village.

      ## Wind

      There is no sail on this roof because hills keep every breeze away.
      """;

  private final FakeEmbedder embedder = new FakeEmbedder();
  private final Map<DocumentId, byte[]> contents = new HashMap<>();
  private ChunkStore store;
  private Retriever retriever;
  private Ingestor ingestor;

  /** An empty store. */
  abstract ChunkStore open();

  @BeforeAll
  void fill() {
    store = open();
    InstantSource clock = InstantSource.system();
    ingestor =
        new Ingestor(
            store,
            embedder,
            new StandardDocumentParser(),
            new LanguageDetector(),
            clock,
            IngestConfig.DEFAULT,
            TestExecution.SHARED);
    retriever = new HybridRetriever(embedder, store, TestExecution.SHARED);
    Corpora corpora = new Corpora(store, embedder, clock);
    for (CorpusId corpus : List.of(BOOKS, RANDOM)) {
      var _ =
          corpora.create(
              corpus,
              "",
              Metric.IP,
              new Chunking.Structure(CHUNK),
              Consistency.STRONG,
              Language.ENGLISH,
              MetadataSchema.EMPTY);
    }
    ingest(BOOKS, "mill.md", MILL);
    ingest(
        BOOKS, "copy.md", "A sluice holds the river back when the miller wants the wheel to rest!");
    ingest(BOOKS, "oven.md", "The oven bakes bread. It is hot.\n\nThe baker sleeps.");
    Random random = new Random(17);
    for (int i = 0; i < 12; i++) {
      ingest(RANDOM, "r" + i + ".md", document(random));
    }
  }

  @AfterAll
  void close() {
    // Null where what opens it was skipped.
    if (store != null) {
      store.close();
    }
  }

  private void ingest(CorpusId corpus, String id, String text) {
    DocumentId document = new DocumentId(id);
    contents.put(document, text.getBytes(UTF_8));
    Upload upload =
        new Upload(document, MediaType.MARKDOWN, null, "", "", "", contents.get(document));
    var _ = ingestor.ingest(corpus, upload, Call.UNLIMITED);
  }

  private static String document(Random random) {
    StringBuilder text = new StringBuilder();
    for (int block = 0; block < 3 + random.nextInt(12); block++) {
      if (random.nextInt(3) == 0) {
        text.append("#".repeat(1 + random.nextInt(3))).append(' ').append(words(random, 2));
      } else if (random.nextInt(8) == 0) {
        text.append("<!-- ").append(words(random, random.nextInt(30))).append(" -->");
      } else {
        text.append(words(random, 1 + random.nextInt(20))).append('.');
      }
      text.append("\n\n");
    }
    return text.append("Done.\n").toString();
  }

  private static String words(Random random, int count) {
    StringBuilder words = new StringBuilder("x");
    for (int i = 0; i < count; i++) {
      words.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
    }
    return words.toString();
  }

  private static RetrievalSpec spec(int limit) {
    return new RetrievalSpec(limit, Mode.HYBRID, 100, Fusion.Weighted.DEFAULT, Freshness.DEFAULT);
  }

  private Retrieval ask(String question, RetrievalSpec spec) {
    return retriever.retrieve(BOOKS, question, spec, Call.UNLIMITED);
  }

  private static String text(Passage passage) {
    return passage.expanded() == null ? passage.chunk().text() : passage.expanded().text();
  }

  private static Selection selection(
      @Nullable Double minScore, boolean collapse, int most, double lambda) {
    return new Selection(minScore, collapse, most, lambda);
  }

  @Test
  void retrieve_byDefault_isNeitherSelectedNorExpanded() {
    Retrieval found = ask("river wheel", spec(10));

    assertThat(found.passages()).hasSize(8).allMatch(passage -> passage.expanded() == null);
    assertThat(found.stages()).extracting(Stage::name).doesNotContain("select");
  }

  @Test
  void retrieve_minScore_leavesOutWhatIsBelow() {
    List<Passage> all = ask("river wheel", spec(10)).passages();
    double least = all.get(2).scores().fused();

    RetrievalSpec spec = spec(10).withSelection(selection(least, false, 0, 1));
    assertThat(ask("river wheel", spec).passages())
        .isEqualTo(all.stream().filter(p -> p.scores().fused() >= least).toList());

    Retrieval none = ask("river wheel", spec.withSelection(selection(99.0, false, 0, 1)));
    assertThat(none.passages()).isEmpty();
    assertThat(none.corpusEmpty()).isFalse();
    assertThat(none.stages().getLast().detail()).isEqualTo("0 of 8, 8 min score");
  }

  @Test
  void retrieve_collapse_keepsTheBestAndNamesTheOther() {
    String question = "When does the miller rest the wheel by the sluice?";
    RetrievalSpec spec = spec(3).withSelection(selection(null, true, 0, 1));

    List<Passage> passages = ask(question, spec).passages();

    assertThat(ask(question, spec(3)).passages().subList(0, 2))
        .allMatch(passage -> passage.chunk().text().startsWith("A sluice"));
    assertThat(passages).hasSize(3);
    assertThat(passages.getFirst().chunk().text()).startsWith("A sluice");
    assertThat(passages.getFirst().collapsed()).hasSize(1);
    assertThat(passages.subList(1, 3)).allMatch(p -> !p.chunk().text().startsWith("A sluice"));
  }

  @Test
  void retrieve_maxPerDocument_makesRoomForOthers() {
    RetrievalSpec spec = spec(10).withSelection(selection(null, false, 1, 1));

    List<Passage> passages = ask("river wheel", spec).passages();

    assertThat(passages)
        .extracting(passage -> passage.document().id().value())
        .containsExactlyInAnyOrder("mill.md", "copy.md", "oven.md");
    assertThat(passages).extracting(Passage::rank).containsExactly(1, 2, 3);
  }

  @Test
  void retrieve_mmr_putsTheTwinBehind() {
    String question = "When does the miller rest the wheel by the sluice?";
    RetrievalSpec spec = spec(8).withSelection(selection(null, false, 0, 0.3));

    List<Passage> passages = ask(question, spec).passages();

    assertThat(passages).hasSize(8);
    assertThat(passages.getFirst()).isEqualTo(ask(question, spec(1)).passages().getFirst());
    assertThat(passages.subList(1, 3)).noneMatch(p -> p.chunk().text().startsWith("A sluice"));
  }

  @Test
  void retrieve_neighbors_areGivenWithTheirSourceBytes() {
    RetrievalSpec spec = spec(1).withExpansion(new Expansion(1, false, 200));

    Passage passage =
        ask("sluice miller rest", spec.withSelection(selection(null, true, 0, 1)))
            .passages()
            .getFirst();
    Passage inMill = ask("river freezes winter", spec).passages().getFirst();

    assertThat(passage.rank()).isEqualTo(1);
    assertThat(inMill.chunk().text()).startsWith("In winter");
    assertThat(text(inMill)).startsWith("A sluice").endsWith("carpenter of the village.");
    assertThat(inMill.chunks()).hasSize(3);
    assertThat(inMill.scores())
        .isEqualTo(ask("river freezes winter", spec(1)).passages().getFirst().scores());
  }

  @Test
  void retrieve_section_isWholeWithWhatIsBelowIt() {
    RetrievalSpec spec = spec(1).withExpansion(new Expansion(0, true, 200));

    Passage passage = ask("river freezes winter", spec).passages().getFirst();

    assertThat(text(passage)).startsWith("## Water").endsWith("carpenter of the village.");
    assertThat(text(ask("new paddles carpenter", spec).passages().getFirst()))
        .startsWith("### Repairs")
        .endsWith("carpenter of the village.");
    assertThat(ask("no sail breeze", spec).passages().getFirst().expanded()).isNull();
  }

  @Test
  void retrieve_smallBudget_stopsAtWholeChunks() {
    RetrievalSpec spec = spec(1).withExpansion(new Expansion(0, true, 2 * CHUNK));

    Passage passage = ask("river freezes winter", spec).passages().getFirst();

    assertThat(passage.chunks()).hasSize(2);
    assertThat(embedder.countTokens(passage.text())).isLessThanOrEqualTo(2 * CHUNK);
    assertThat(
            ask("river freezes winter", spec.withExpansion(new Expansion(3, true, 5)))
                .passages()
                .getFirst()
                .expanded())
        .isNull();
  }

  @Test
  void retrieve_sectionFoundTwice_isOnePassage() {
    RetrievalSpec spec = spec(4).withExpansion(new Expansion(0, true, 200));

    Retrieval found = ask("river wheel sluice", spec);

    assertThat(found.passages()).hasSize(4);
    assertThat(found.passages())
        .filteredOn(passage -> text(passage).contains("The river turns the wheel"))
        .hasSize(1);
    assertThat(found.stages().getLast().detail()).contains("in expanded text");
  }

  @Test
  void retrieve_randomDocumentsAndSpecs_keepsTheLaws() {
    Random random = new Random(23);
    for (int i = 0; i < questions(); i++) {
      RetrievalSpec spec =
          spec(1 + random.nextInt(12))
              .withSelection(
                  selection(
                      random.nextInt(4) == 0 ? 0.3 : null,
                      random.nextBoolean(),
                      random.nextInt(4),
                      random.nextInt(5) / 4.0))
              .withExpansion(
                  new Expansion(random.nextInt(4), random.nextBoolean(), 1 + random.nextInt(90)));
      String question = words(random, 3);
      check(retriever.retrieve(RANDOM, question, spec, Call.UNLIMITED), spec);
    }
  }

  /** Random questions; each takes a few milliseconds, or much more in a server. */
  int questions() {
    return 300;
  }

  private void check(Retrieval found, RetrievalSpec spec) {
    assertThat(found.passages()).hasSizeLessThanOrEqualTo(spec.limit());
    Set<ChunkId> given = new HashSet<>();
    Map<DocumentId, Integer> counts = new TreeMap<>();
    for (Passage passage : found.passages()) {
      DocumentId id = passage.document().id();
      assertThat(passage.chunks()).contains(passage.chunk());
      for (Chunk chunk : passage.chunks()) {
        assertThat(given.add(chunk.id())).as("%s is given twice", chunk.id()).isTrue();
        assertThat(chunk.revision()).isEqualTo(passage.document().revision());
      }
      Double least = spec.selection().minScore();
      assertThat(least == null || passage.scores().fused() >= least).isTrue();
      counts.merge(id, 1, Integer::sum);
      if (passage.expanded() != null) {
        check(passage, passage.expanded(), Objects.requireNonNull(spec.expansion()));
      }
    }
    int most = spec.selection().maxPerDocument();
    assertThat(counts.values()).allMatch(count -> most == 0 || count <= most);
  }

  private void check(Passage passage, ExpandedText expanded, Expansion asked) {
    assertThat(expanded.chunks()).hasSizeGreaterThan(1);
    assertThat(embedder.countTokens(expanded.text())).isLessThanOrEqualTo(asked.maxTokens());
    DocumentId id = passage.document().id();
    byte[] bytes = expanded.text().getBytes(UTF_8);
    int start = (int) expanded.range().start();
    assertThat(contents.get(id)).containsSubsequence(bytes);
    assertThat(new String(contents.get(id), start, bytes.length, UTF_8)).isEqualTo(expanded.text());
    assertThat(read(id, expanded)).isEqualTo(bytes);
    for (int i = 0; i < expanded.chunks().size(); i++) {
      Chunk chunk = expanded.chunks().get(i);
      assertThat(chunk.id().ordinal()).isEqualTo(expanded.chunks().getFirst().id().ordinal() + i);
      assertThat(expanded.range().contains(chunk.range())).isTrue();
      int distance = Math.abs(chunk.id().ordinal() - passage.chunk().id().ordinal());
      List<String> section = passage.chunk().headingPath();
      List<String> path = chunk.headingPath();
      boolean below =
          asked.section()
              && (section.isEmpty()
                  ? path.isEmpty()
                  : path.size() >= section.size()
                      && path.subList(0, section.size()).equals(section));
      assertThat(distance <= asked.neighbors() || below).isTrue();
    }
  }

  private byte[] read(DocumentId id, ExpandedText expanded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CorpusSnapshot snapshot = store.snapshot(RANDOM)) {
      snapshot.content(id, expanded.range(), (offset, data) -> bytes.writeBytes(data));
    }
    return bytes.toByteArray();
  }
}
