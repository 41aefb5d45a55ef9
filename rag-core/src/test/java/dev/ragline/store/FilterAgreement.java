package dev.ragline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Document;
import dev.ragline.document.Metadata;
import dev.ragline.filter.CelReference;
import dev.ragline.filter.Filter;
import dev.ragline.filter.FilterCompiler;
import dev.ragline.filter.RandomFilters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A store finds by a filter just those documents that CEL itself finds, asked for each: 10 000
 * times a filter and a document. {@code -Dragline.seed=N} takes other ones.
 */
@Timeout(300)
public abstract class FilterAgreement {
  private static final int DOCUMENTS = 40;
  private static final int FILTERS = 250;
  private static final CorpusId CORPUS = new CorpusId("filters");

  private final long seed = Long.getLong("ragline.seed", 20260105);
  private final RandomFilters random = new RandomFilters(seed);
  private ChunkStore store;

  /** Opens the store. */
  protected abstract ChunkStore open();

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStore() {
    // Null where what opens it was skipped.
    if (store != null) {
      store.close();
    }
  }

  @Test
  void search_anyFilter_findsWhatCelFinds() {
    store.createCorpus(Corpora.of(CORPUS.value()).withMetadataSchema(RandomFilters.SCHEMA, "etag"));
    List<Document> documents = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      DocumentRevision revision = revision(i);
      documents.add(revision.document());
      store.replaceDocument(CORPUS, revision, Call.UNLIMITED);
    }
    int some = 0;
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      assertThat(snapshot.documents(null, DOCUMENTS))
          .containsExactlyInAnyOrderElementsOf(documents);
    }
    for (int i = 0; i < FILTERS; i++) {
      String expression = random.filter();
      Set<String> expected = expected(expression, documents);
      // One for each: a snapshot of Milvus is readable for a while only, and all may take longer.
      try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
        assertThat(found(snapshot, expression))
            .as("seed %d, filter %d: %s", seed, i, expression)
            .isEqualTo(expected);
      }
      some += !expected.isEmpty() && expected.size() < DOCUMENTS ? 1 : 0;
    }
    assertThat(some).as("filters that say something").isGreaterThan(FILTERS / 4);
  }

  private DocumentRevision revision(int i) {
    String id = random.text().replace("/", "").replaceAll("[\\p{Cntrl}]", "").strip() + "#" + i;
    DocumentRevision plain = Revisions.of(id, "text " + i, "more of zebra " + i);
    Document document = plain.document();
    Document described =
        new Document(
            document.id(),
            i % 3 == 0 ? document.title() : random.text(),
            random.text(),
            document.mediaType(),
            document.language(),
            document.size(),
            document.revision(),
            document.chunkCount(),
            i % 2 == 0 ? document.updateTime() : Instant.parse("2026-01-02T03:04:05Z"),
            document.etag(),
            i % 10 == 9 ? Metadata.EMPTY : random.metadata());
    return new DocumentRevision(described, plain.content(), plain.chunks());
  }

  private static Set<String> expected(String expression, List<Document> documents) {
    CelReference reference = new CelReference(expression, RandomFilters.SCHEMA);
    return documents.stream()
        .filter(reference::matches)
        .map(document -> document.id().value())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> found(CorpusSnapshot snapshot, String expression) {
    Filter filter = FilterCompiler.compile(expression, RandomFilters.SCHEMA);
    CandidateQuery query =
        CandidateQuery.byVector(Revisions.vector("q"), 2 * DOCUMENTS).filtered(filter);
    List<Candidate> found = snapshot.search(query).dense();
    Set<String> documents =
        found.stream()
            .map(candidate -> candidate.chunk().id().document().value())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(found).as("both chunks of each").hasSize(2 * documents.size());
    return documents;
  }
}
