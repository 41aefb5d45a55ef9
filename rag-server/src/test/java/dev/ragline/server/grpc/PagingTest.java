package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.v1.Chunk;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.Document;
import dev.ragline.v1.ListChunksRequest;
import dev.ragline.v1.ListChunksResponse;
import dev.ragline.v1.ListCorporaRequest;
import dev.ragline.v1.ListCorporaResponse;
import dev.ragline.v1.ListDocumentsRequest;
import dev.ragline.v1.ListDocumentsResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists read page by page: whatever the page's size, the same items in the same order. */
class PagingTest {
  private static final List<String> IDS =
      List.of("A", "B-2", "a", "a0", "a_b", "b", "zz-top", "z" + "z".repeat(62));

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.in(folder).start();
    IDS.reversed().forEach(server::createCorpus);
    for (String id : List.of("é", "b.md", "a", "A", "\uFF5E", "😀", "a b", "~")) {
      var _ = server.upload("corpora/a/documents/" + id, "# T\n\nText of " + id + "\n");
    }
    StringBuilder sections = new StringBuilder();
    IntStream.range(0, 23).forEach(i -> sections.append("# S%d\n\nText %d.\n\n".formatted(i, i)));
    var _ = server.upload("corpora/b/documents/long.md", sections.toString());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static <P, T> List<T> all(
      int pageSize,
      Function<String, P> page,
      Function<P, List<T>> items,
      Function<P, String> nextToken) {
    List<T> all = new ArrayList<>();
    String token = "";
    do {
      P response = page.apply(token);
      assertThat(items.apply(response)).hasSizeLessThanOrEqualTo(pageSize);
      all.addAll(items.apply(response));
      token = nextToken.apply(response);
      assertThat(items.apply(response).size())
          .isEqualTo(token.isEmpty() ? items.apply(response).size() : pageSize);
    } while (!token.isEmpty());
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 1000})
  void listCorpora_anyPageSize_givesAllInOrder(int size) {
    List<Corpus> corpora =
        all(
            size,
            token ->
                server
                    .corpora()
                    .listCorpora(
                        ListCorporaRequest.newBuilder()
                            .setPageSize(size)
                            .setPageToken(token)
                            .build()),
            ListCorporaResponse::getCorporaList,
            ListCorporaResponse::getNextPageToken);
    assertThat(corpora.stream().map(Corpus::getName))
        .containsExactlyElementsOf(IDS.stream().sorted().map(id -> "corpora/" + id).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 1000})
  void listDocuments_anyPageSize_givesAllInTheOrderOfTheirBytes(int size) {
    List<Document> documents =
        all(
            size,
            token ->
                server
                    .documents()
                    .listDocuments(
                        ListDocumentsRequest.newBuilder()
                            .setParent("corpora/a")
                            .setPageSize(size)
                            .setPageToken(token)
                            .build()),
            ListDocumentsResponse::getDocumentsList,
            ListDocumentsResponse::getNextPageToken);
    assertThat(documents.stream().map(document -> document.getName().split("/", 4)[3]))
        .containsExactly("A", "a", "a b", "b.md", "~", "é", "\uFF5E", "😀");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 22, 23, 24, 1000, Integer.MAX_VALUE})
  void listChunks_anyPageSize_givesAllInOrder(int size) {
    List<Chunk> chunks =
        all(
            size,
            token ->
                server
                    .documents()
                    .listChunks(
                        ListChunksRequest.newBuilder()
                            .setParent("corpora/b/documents/long.md")
                            .setPageSize(size)
                            .setPageToken(token)
                            .build()),
            ListChunksResponse::getChunksList,
            ListChunksResponse::getNextPageToken);
    assertThat(chunks.stream().map(Chunk::getOrdinal))
        .containsExactlyElementsOf(IntStream.range(0, 23).boxed().toList());
  }
}
