package dev.ragline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.Corpus;
import dev.ragline.document.Document;
import dev.ragline.document.Metadata;
import dev.ragline.document.MetadataField;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.MetadataType;
import dev.ragline.document.MetadataValue;
import dev.ragline.filter.FilterCompiler;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store promises about filters, beside what {@link FilterAgreement} checks. */
interface FilterContract extends DocumentContract {
  MetadataSchema SCHEMA =
      MetadataSchema.of(
          List.of(
              new MetadataField("team", MetadataType.STRING),
              new MetadataField("year", MetadataType.INT)));

  /** A store with the empty corpus {@link #CORPUS} whose documents have metadata. */
  private ChunkStore described() {
    Corpus corpus = Corpora.of(CORPUS.value()).withMetadataSchema(SCHEMA, "etag");
    store().createCorpus(corpus);
    return store();
  }

  private void put(DocumentRevision plain, Map<String, MetadataValue> metadata) {
    Document document = plain.document();
    Document described =
        new Document(
            document.id(),
            document.title(),
            document.uri(),
            document.mediaType(),
            document.language(),
            document.size(),
            document.revision(),
            document.chunkCount(),
            document.updateTime(),
            document.etag(),
            Metadata.of(metadata));
    String _ =
        store()
            .replaceDocument(
                CORPUS,
                new DocumentRevision(described, plain.content(), plain.chunks()),
                Call.UNLIMITED);
  }

  private static Map<String, MetadataValue> team(String name) {
    return Map.of("team", new MetadataValue.Text(name));
  }

  private static Candidates search(ChunkStore store, CandidateQuery query, String filter) {
    return SearchContract.search(
        store, CORPUS, query.filtered(FilterCompiler.compile(filter, SCHEMA)));
  }

  private static List<String> documents(List<Candidate> found) {
    return found.stream()
        .map(candidate -> candidate.chunk().id().document().value())
        .distinct()
        .sorted()
        .toList();
  }

  private List<String> found(String filter) {
    CandidateQuery query = CandidateQuery.byVector(Revisions.vector("q"), 100);
    return documents(search(store(), query, filter).dense());
  }

  @Test
  default void search_filter_holdsForVectorsAndWords() {
    described();
    put(Revisions.of("a", "zebra one", "zebra two"), team("red"));
    put(Revisions.of("b", "zebra three"), team("blue"));
    put(Revisions.of("c", "zebra four"), Map.of());
    CandidateQuery query = new CandidateQuery(Revisions.vector("zebra one"), "zebra", 10);
    Candidates red = search(store(), query, "metadata.team == 'red'");
    assertThat(red.dense()).hasSize(2);
    assertThat(documents(red.dense())).containsExactly("a");
    boolean words;
    try (CorpusSnapshot snapshot = store().snapshot(CORPUS)) {
      words = snapshot.searchesWords();
    }
    assertThat(documents(red.lexical())).isEqualTo(words ? List.of("a") : List.of());
    assertThat(search(store(), query, "metadata.team == 'green'"))
        .isEqualTo(new Candidates(List.of(), List.of()));
    assertThat(search(store(), query, "false")).isEqualTo(new Candidates(List.of(), List.of()));
    assertThat(documents(search(store(), query, "true").dense())).containsExactly("a", "b", "c");
  }

  @Test
  default void replaceDocument_onlyMetadataChanged_isFoundByTheNewOnly() {
    described();
    DocumentRevision revision = Revisions.of("doc", "the same text", "and more");
    put(revision, team("red"));
    put(revision, team("blue"));
    assertThat(found("metadata.team == 'red'")).isEmpty();
    assertThat(found("metadata.team == 'blue'")).containsExactly("doc");
    put(revision, Map.of());
    assertThat(found("has(metadata.team)")).isEmpty();
    put(revision, team("green"));
    reopened();
    assertThat(found("metadata.team == 'green'")).containsExactly("doc");
    try (CorpusSnapshot snapshot = store().snapshot(CORPUS)) {
      assertThat(snapshot.corpus().metadataSchema()).isEqualTo(SCHEMA);
      assertThat(snapshot.documents(null, 9))
          .extracting(document -> document.metadata().values())
          .containsExactly(Metadata.of(team("green")).values());
    }
  }

  @Test
  default void search_fieldThatCameLater_isMissingInWhatWasThere() {
    described();
    put(Revisions.of("old", "text"), team("red"));
    MetadataField later = new MetadataField("later", MetadataType.STRING);
    List<MetadataField> fields =
        List.of(SCHEMA.fields().getFirst(), SCHEMA.fields().getLast(), later);
    Corpus grown =
        store()
            .updateCorpus(
                CORPUS, c -> c.withMetadataSchema(c.metadataSchema().grownTo(fields), "etag-2"));
    put(Revisions.of("new", "text"), Map.of("later", new MetadataValue.Text("x")));
    CandidateQuery query = CandidateQuery.byVector(Revisions.vector("q"), 9);
    Map<String, List<String>> expected =
        Map.of(
            "metadata.later == 'x'", List.of("new"),
            "metadata.later != 'x'", List.of(),
            "!has(metadata.later)", List.of("old"),
            "metadata.later == 'x' || metadata.team == 'red'", List.of("new", "old"));
    expected.forEach(
        (expression, documents) ->
            assertThat(
                    documents(
                        SearchContract.search(
                                store(),
                                CORPUS,
                                query.filtered(
                                    FilterCompiler.compile(expression, grown.metadataSchema())))
                            .dense()))
                .as(expression)
                .isEqualTo(documents));
  }

  @Test
  default void search_largestAndDeepestFilter_isAnswered() {
    described();
    for (int year = 0; year < 5; year++) {
      put(Revisions.of("y" + year, "text"), Map.of("year", new MetadataValue.Whole(year * 250L)));
    }
    String years =
        IntStream.range(0, 255).mapToObj(Integer::toString).collect(Collectors.joining(","));
    assertThat(found("metadata.year in [" + years + "]")).containsExactly("y0", "y1");
    String each =
        IntStream.range(0, 120)
            .mapToObj(year -> "metadata.year == " + year)
            .collect(Collectors.joining(" || "));
    assertThat(found(each)).containsExactly("y0");
    StringBuilder nested = new StringBuilder("metadata.year == 500");
    for (int level = 0; level < 12; level++) {
      nested.insert(0, "(metadata.year >= 0 && (metadata.year == -1 || ").append("))");
    }
    assertThat(found(nested.toString())).containsExactly("y2");
  }
}
