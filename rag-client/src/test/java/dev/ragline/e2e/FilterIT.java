package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.v1.Passage;
import dev.ragline.v1.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metadata and filters on the command line, against a server in a process of its own. */
class FilterIT {
  @TempDir private static Path store;
  @TempDir private static Path folder;
  private static ServerProcess server;

  @BeforeAll
  static void start() throws IOException {
    server = ServerProcess.start(store, Map.of());
    for (String team : List.of("search", "ads")) {
      Path teams = Files.createDirectory(folder.resolve(team));
      for (int year : new int[] {2024, 2026}) {
        Files.writeString(
            teams.resolve("%s-%d.md".formatted(team, year)),
            "# Runbook of %s %d\n\nThe pager is carried by the team.\n".formatted(team, year));
        ingest(team, year);
      }
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Receipt ingest(String team, int year, String... more) {
    return Output.receipt(
        server.rag(
            Stream.concat(
                    Stream.of(
                        "ingest",
                        folder.resolve(team).resolve("%s-%d.md".formatted(team, year)).toString(),
                        "--corpus",
                        "runbooks",
                        "--json",
                        "--metadata-schema",
                        "team:string,year:int,tags:string-list",
                        "--metadata",
                        "team=" + team,
                        "--metadata",
                        "year=" + year),
                    Stream.of(more))
                .toArray(String[]::new)));
  }

  private static Rag.Result search(String filter) {
    return server.rag(
        "search",
        "Who carries the pager?",
        "--corpus",
        "runbooks",
        "--limit",
        "10",
        "--json",
        "--filter",
        filter);
  }

  private static List<String> found(String filter) {
    Rag.Result result = search(filter);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return Output.passages(result).stream()
        .map(Passage::getDocument)
        .map(document -> document.getName().replace("corpora/runbooks/documents/", ""))
        .sorted()
        .toList();
  }

  @Test
  void search_filter_findsInThoseDocumentsOnly() {
    assertThat(found("metadata.team == 'ads'")).containsExactly("ads-2024.md", "ads-2026.md");
    assertThat(found("metadata.year > 2025 && document.title.startsWith('Runbook of s')"))
        .containsExactly("search-2026.md");
    assertThat(found("metadata.team == 'nobody'")).isEmpty();
    assertThat(found("'x' in metadata.tags")).isEmpty();
    assertThat(
            found(
                "!has(metadata.tags) && document.update_time < timestamp('9999-01-01T00:00:00Z')"))
        .hasSize(4);
  }

  @Test
  void ingest_otherMetadata_movesTheDocumentBetweenFiltersAndEmbedsNothing() {
    Receipt receipt = ingest("ads", 2024, "--metadata", "tags=old");
    assertThat(receipt.getEmbedded()).isZero();
    assertThat(receipt.getUnchanged()).isPositive();
    assertThat(found("'old' in metadata.tags")).containsExactly("ads-2024.md");
    assertThat(server.rag("document", "show", "ads-2024.md", "--corpus", "runbooks").out())
        .containsPattern("metadata.tags +old\n")
        .containsPattern("metadata.year +2024\n");
    assertThat(ingest("ads", 2024).getEmbedded()).isZero();
    assertThat(found("'old' in metadata.tags")).isEmpty();
  }

  @Test
  void search_wrongFilter_saysWhere() {
    Rag.Result result = search("metadata.team == 'ads' && metadata.yaer > 2025");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("retrieval.filter: line 1, column 35: undefined field 'yaer'")
        .contains("(INVALID_FILTER)");
  }

  @Test
  void ask_filter_answersFromThoseDocumentsOnly() {
    Rag.Result result =
        server.rag(
            "ask",
            "Who carries the pager?",
            "--corpus",
            "runbooks",
            "--filter",
            "metadata.team == 'ads' && metadata.year == 2026");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("ads-2026.md").doesNotContain("search-", "ads-2024");
  }
}
