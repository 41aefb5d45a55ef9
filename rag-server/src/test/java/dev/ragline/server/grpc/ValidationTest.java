package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.FieldMask;
import com.google.protobuf.TextFormat;
import dev.ragline.v1.AskRequest;
import dev.ragline.v1.CreateCorpusRequest;
import dev.ragline.v1.DeleteCorpusRequest;
import dev.ragline.v1.DeleteDocumentRequest;
import dev.ragline.v1.GetCorpusRequest;
import dev.ragline.v1.GetDocumentContentRequest;
import dev.ragline.v1.GetDocumentRequest;
import dev.ragline.v1.ListChunksRequest;
import dev.ragline.v1.ListCorporaRequest;
import dev.ragline.v1.ListDocumentsRequest;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.UpdateCorpusRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of the protos, broken on its own. */
class ValidationTest {
  private static final String DIGEST = "0".repeat(64);

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.in(folder).start();
    server.createCorpus("faq");
    var _ = server.upload("corpora/faq/documents/a.md", "# One\n\nSome text.\n");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Failure requireInvalid(ThrowingCallable call, String field) {
    Failure failure = Failure.of(call);
    assertThat(failure.code()).as(failure.message()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.reason()).isEqualTo("INVALID_FIELD");
    assertThat(failure.fields()).as(failure.message()).containsExactly(field);
    return failure;
  }

  private static <T> T parse(String text, Class<T> type) throws TextFormat.ParseException {
    return type.cast(TextFormat.parse(text, type.asSubclass(com.google.protobuf.Message.class)));
  }

  static Stream<Arguments> questions() {
    return Stream.of(
        arguments("corpus: ''  question: 'q'", "corpus"),
        arguments("corpus: 'faq'  question: 'q'", "corpus"),
        arguments("corpus: 'corpora/'  question: 'q'", "corpus"),
        arguments("corpus: 'corpora/a b'  question: 'q'", "corpus"),
        arguments("corpus: 'corpora/faq/'  question: 'q'", "corpus"),
        arguments("corpus: 'corpora/faq'", "question"),
        arguments("corpus: 'corpora/faq'  question: ' \\n '", "question"),
        arguments("corpus: 'corpora/faq' question: '" + "x".repeat(16_385) + "'", "question"),
        arguments("corpus: 'corpora/faq' question: '" + "x".repeat(1 << 20) + "'", "question"),
        arguments(spec("limit: 101"), "retrieval.limit"),
        arguments(spec("limit: -1"), "retrieval.limit"),
        arguments(spec("candidates: 1001"), "retrieval.candidates"),
        arguments(spec("candidates: -1"), "retrieval.candidates"),
        arguments(spec("mode: 17"), "retrieval.mode"),
        arguments(spec("consistency: 17"), "retrieval.consistency"),
        arguments(
            spec("consistency_token: '" + "x".repeat(1025) + "'"), "retrieval.consistency_token"),
        arguments(
            spec("consistency_token: '" + "x".repeat(1024) + "'"), "retrieval.consistency_token"),
        arguments(spec("consistency_token: ' '"), "retrieval.consistency_token"),
        arguments(
            spec("fusion { weighted { dense_weight: 1.01 } }"),
            "retrieval.fusion.weighted.dense_weight"),
        arguments(
            spec("fusion { weighted { dense_weight: nan } }"),
            "retrieval.fusion.weighted.dense_weight"),
        arguments(spec("selection { min_score: nan }"), "retrieval.selection.min_score"),
        arguments(spec("selection { min_score: inf }"), "retrieval.selection.min_score"),
        arguments(
            spec("selection { max_per_document: -1 }"), "retrieval.selection.max_per_document"),
        arguments(
            spec("selection { max_per_document: 101 }"), "retrieval.selection.max_per_document"),
        arguments(spec("selection { mmr_lambda: 1.1 }"), "retrieval.selection.mmr_lambda"),
        arguments(spec("selection { mmr_lambda: nan }"), "retrieval.selection.mmr_lambda"),
        arguments(spec("expansion { neighbors: 51 }"), "retrieval.expansion.neighbors"),
        arguments(spec("expansion { neighbors: -1 }"), "retrieval.expansion.neighbors"),
        arguments(spec("expansion { max_tokens: -1 }"), "retrieval.expansion.max_tokens"),
        arguments(spec("expansion { max_tokens: 32769 }"), "retrieval.expansion.max_tokens"),
        arguments(
            spec("fusion { reciprocal_rank { k: -0.1 } }"), "retrieval.fusion.reciprocal_rank.k"),
        arguments(
            spec("fusion { reciprocal_rank { k: inf } }"), "retrieval.fusion.reciprocal_rank.k"),
        arguments(spec("queries: 'q' ".repeat(9)), "retrieval.queries"),
        arguments(spec("queries: 'q' queries: ''"), "retrieval.queries[1]"),
        arguments(spec("queries: ' '"), "retrieval.queries[0]"),
        arguments(spec("rewrite: 9"), "retrieval.rewrite"),
        arguments(spec("hyde: 9"), "retrieval.hyde"),
        arguments(history("role: TURN_ROLE_USER text: 'x'", 65), "history"),
        arguments(history("text: 'x'", 1), "history[0].role"),
        arguments(history("role: TURN_ROLE_USER", 1), "history[0].text"),
        arguments(history("role: TURN_ROLE_USER text: ' '", 2), "history[0].text"));
  }

  private static String history(String turn, int times) {
    return "corpus: 'corpora/faq'  question: 'q' "
        + "history { %s } ".formatted(turn).repeat(times);
  }

  private static String spec(String spec) {
    return "corpus: 'corpora/faq'  question: 'q'  retrieval { " + spec + " }";
  }

  @ParameterizedTest
  @MethodSource("questions")
  void questions_brokenRule_isNamedByItsField(String request, String field) throws Exception {
    AskRequest ask = parse(request, AskRequest.class);
    RetrieveRequest retrieve = parse(request, RetrieveRequest.class);
    StreamAskRequest stream = parse(request, StreamAskRequest.class);
    requireInvalid(() -> server.questions().ask(ask), field);
    requireInvalid(() -> server.questions().retrieve(retrieve), field);
    requireInvalid(() -> server.questions().streamAsk(stream).forEachRemaining(e -> {}), field);
  }

  @Test
  void questions_atTheirLimits_areAnswered() throws Exception {
    String longest = "text ".repeat(3276) + "four";
    assertThat(longest).hasSize(16_384);
    AskRequest ask =
        parse("corpus: 'corpora/faq'  question: '" + longest + "'", AskRequest.class).toBuilder()
            .setRetrieval(
                parse(spec("limit: 100 candidates: 1000 mode: 1"), AskRequest.class).getRetrieval())
            .build();
    assertThat(server.questions().ask(ask).getAnswer().getPassagesList()).isNotEmpty();
  }

  static Stream<Arguments> corpora() {
    return Stream.of(
        arguments("corpus_id: ''", "corpus_id"),
        arguments("corpus_id: '-a'", "corpus_id"),
        arguments("corpus_id: 'a/b'", "corpus_id"),
        arguments("corpus_id: 'ä'", "corpus_id"),
        arguments("corpus_id: 'a\\n'", "corpus_id"),
        arguments("corpus_id: '" + "x".repeat(64) + "'", "corpus_id"),
        arguments(
            "corpus_id: 'n' corpus { display_name: '" + "x".repeat(201) + "' }",
            "corpus.display_name"),
        arguments("corpus_id: 'n' corpus { metric: 9 }", "corpus.metric"),
        arguments("corpus_id: 'n' corpus { language: 'xx' }", "corpus.language"),
        arguments(
            "corpus_id: 'n' corpus { language: '" + "x".repeat(36) + "' }", "corpus.language"),
        arguments(chunking("structure { max_tokens: 8193 }"), "structure.max_tokens"),
        arguments(chunking("structure { max_tokens: 15 }"), "structure.max_tokens"),
        arguments(chunking("fixed { max_tokens: -1 }"), "fixed.max_tokens"),
        arguments(chunking("fixed { max_tokens: 15 }"), "fixed.max_tokens"),
        arguments(chunking("fixed { overlap_tokens: 4097 }"), "fixed.overlap_tokens"),
        arguments(chunking("fixed { max_tokens: 64 overlap_tokens: 64 }"), "fixed.overlap_tokens"),
        arguments(chunking("fixed { overlap_tokens: 256 }"), "fixed.overlap_tokens"),
        arguments(chunking("separator { separator: '' }"), "separator.separator"),
        arguments(
            chunking("separator { separator: '" + "x".repeat(101) + "' }"), "separator.separator"));
  }

  private static String chunking(String strategy) {
    return "corpus_id: 'n' corpus { chunking { " + strategy + " } }";
  }

  @ParameterizedTest
  @MethodSource("corpora")
  void createCorpus_brokenRule_isNamedByItsField(String request, String field) throws Exception {
    CreateCorpusRequest create = parse(request, CreateCorpusRequest.class);
    String path = field.startsWith("corpus") ? field : "corpus.chunking." + field;
    requireInvalid(() -> server.corpora().createCorpus(create), path);
    assertThat(
            server.corpora().listCorpora(ListCorporaRequest.getDefaultInstance()).getCorporaList())
        .hasSize(1);
  }

  @Test
  void names_ofNoCorpus_areRefusedByTheirField() {
    for (String name : Arrays.asList("", "x", "corpora/", "corpora/a b", "corpora/a/b")) {
      requireInvalid(
          () -> server.corpora().getCorpus(GetCorpusRequest.newBuilder().setName(name).build()),
          "name");
      requireInvalid(
          () ->
              server.corpora().deleteCorpus(DeleteCorpusRequest.newBuilder().setName(name).build()),
          "name");
      requireInvalid(() -> listDocuments(request -> request.setParent(name)), "parent");
    }
  }

  @Test
  void names_ofNoDocument_areRefusedByTheirField() {
    for (String name :
        Arrays.asList(
            "",
            "a.md",
            "corpora/faq",
            "corpora/faq/documents/",
            "corpora/faq/documents/ a",
            "corpora/faq/documents/a\u0000",
            "corpora/faq/documents/" + "x".repeat(513),
            "corpora/a b/documents/a.md",
            "corpora/faq/documents/a.md/revisions/12")) {
      requireInvalid(
          () ->
              server.documents().getDocument(GetDocumentRequest.newBuilder().setName(name).build()),
          "name");
      requireInvalid(
          () ->
              server
                  .documents()
                  .deleteDocument(DeleteDocumentRequest.newBuilder().setName(name).build()),
          "name");
      requireInvalid(() -> listChunks(request -> request.setParent(name)), "parent");
      requireInvalid(() -> readContent(name), "name");
    }
  }

  @Test
  void pageTokens_notOurs_areRefused() {
    for (String token :
        Arrays.asList("?", "not base64!", "LTE", "LTIxNDc0ODM2NDg", "MjE0NzQ4MzY0Nw", "YQ")) {
      requireInvalid(() -> listChunks(request -> request.setPageToken(token)), "page_token");
    }
    for (String token : Arrays.asList("?", "not base64!", "IGE")) {
      requireInvalid(() -> listCorpora(request -> request.setPageToken(token)), "page_token");
      requireInvalid(() -> listDocuments(request -> request.setPageToken(token)), "page_token");
    }
  }

  @Test
  void pageSizes_negative_areRefused() {
    requireInvalid(() -> listCorpora(request -> request.setPageSize(-1)), "page_size");
    requireInvalid(() -> listDocuments(request -> request.setPageSize(-1)), "page_size");
    requireInvalid(() -> listChunks(request -> request.setPageSize(-1)), "page_size");
  }

  private static void listCorpora(Consumer<ListCorporaRequest.Builder> settings) {
    ListCorporaRequest.Builder request = ListCorporaRequest.newBuilder();
    settings.accept(request);
    var _ = server.corpora().listCorpora(request.build());
  }

  private static void listDocuments(Consumer<ListDocumentsRequest.Builder> settings) {
    ListDocumentsRequest.Builder request =
        ListDocumentsRequest.newBuilder().setParent("corpora/faq");
    settings.accept(request);
    var _ = server.documents().listDocuments(request.build());
  }

  private static void listChunks(Consumer<ListChunksRequest.Builder> settings) {
    ListChunksRequest.Builder request =
        ListChunksRequest.newBuilder().setParent("corpora/faq/documents/a.md");
    settings.accept(request);
    var _ = server.documents().listChunks(request.build());
  }

  private static void readContent(String name) {
    server
        .documents()
        .getDocumentContent(GetDocumentContentRequest.newBuilder().setName(name).build())
        .forEachRemaining(Objects::requireNonNull);
  }

  @Test
  void updateCorpus_withoutOrWithAnImmutableField_isRefused() {
    requireInvalid(
        () -> server.corpora().updateCorpus(UpdateCorpusRequest.getDefaultInstance()), "corpus");
    UpdateCorpusRequest.Builder request = UpdateCorpusRequest.newBuilder();
    request.getCorpusBuilder().setName("corpora/faq");
    for (String path : Arrays.asList("metric", "", "x".repeat(100_000), "a\nb")) {
      request.setUpdateMask(FieldMask.newBuilder().addPaths(path));
      requireInvalid(() -> server.corpora().updateCorpus(request.build()), "update_mask");
    }
  }

  @Test
  void contentRevision_ofADocumentWithoutIt_isNotFound() {
    Failure failure =
        Failure.of(() -> readContent("corpora/faq/documents/a.md/revisions/" + DIGEST));
    assertThat(failure.code()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(failure.reason()).isEqualTo("REVISION_NOT_FOUND");
    assertThat(failure.resource()).endsWith("/revisions/" + DIGEST);
  }
}
