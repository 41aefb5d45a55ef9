package dev.ragline.server.grpc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.longrunning.CancelOperationRequest;
import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.ListOperationsRequest;
import com.google.longrunning.OperationsGrpc;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.rpc.ErrorInfo;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import dev.ragline.v1.AskRequest;
import dev.ragline.v1.AskServiceGrpc;
import dev.ragline.v1.CancelAnswerRequest;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.CorpusServiceGrpc;
import dev.ragline.v1.CreateCorpusRequest;
import dev.ragline.v1.GetAnswerRequest;
import dev.ragline.v1.GetCorpusRequest;
import dev.ragline.v1.GetDocumentContentRequest;
import dev.ragline.v1.GetDocumentRequest;
import dev.ragline.v1.IngestServiceGrpc;
import dev.ragline.v1.ListChunksRequest;
import dev.ragline.v1.ListCorporaRequest;
import dev.ragline.v1.ListDocumentsRequest;
import dev.ragline.v1.MetadataField;
import dev.ragline.v1.MetadataType;
import dev.ragline.v1.RetrievalSpec;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.Turn;
import dev.ragline.v1.UpdateCorpusRequest;
import dev.ragline.v1.UploadHeader;
import io.grpc.InternalMetadata;
import io.grpc.InternalStatus;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever callers send, the status of its refusal arrives at a client with gRPC's own limits. */
class StatusSizeTest {
  private static final int USUAL_METADATA_BYTES = 8192;

  private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

  @TempDir static Path folder;
  private static TestServer server;
  private static ManagedChannel usual;

  @BeforeAll
  static void start() {
    server = TestServer.in(folder).start();
    server.createCorpus("faq");
    var _ = server.upload("corpora/faq/documents/a.md", "# One\n\nSome text.\n");
    usual =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port())
            .usePlaintext()
            .maxInboundMetadataSize(USUAL_METADATA_BYTES)
            .build();
  }

  @AfterAll
  static void stop() {
    usual.shutdownNow();
    server.close();
  }

  @Test
  void retrieve_manyBrokenTurns_tellsTenAndHowManyMore() {
    RetrieveRequest request =
        RetrieveRequest.newBuilder()
            .setCorpus("corpora/faq")
            .setQuestion("Where?")
            .addAllHistory(Collections.nCopies(48, Turn.getDefaultInstance()))
            .build();
    Failure failure = Failure.of(() -> call(stubs -> stubs.ask().retrieve(request)));
    assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.fields())
        .containsExactlyElementsOf(
            IntStream.range(0, 5)
                .boxed()
                .flatMap(
                    i ->
                        Stream.of("history[%d].role".formatted(i), "history[%d].text".formatted(i)))
                .toList());
    assertThat(failure.fact("more_violations")).isEqualTo("86");
    assertThat(failure.message()).contains("history[0].role").endsWith("; and 86 more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "%", "ü", "漢", "😀", "\u0001", "a😀", " ", "/", "\"", "\u007f"})
  void anyCall_hugeInput_isRefusedWithAStatusThatArrives(String unit) {
    for (int length : new int[] {600, 4_000, 16_000, 300_000}) {
      String huge = unit.repeat(length / unit.length());
      calls(huge)
          .forEach(
              (name, call) -> {
                try {
                  Failure failure = Failure.of(call);
                  assertThat(failure.code())
                      .as("%s with %d times %s: %s", name, length, unit, failure)
                      .isIn(Status.Code.INVALID_ARGUMENT, Status.Code.NOT_FOUND);
                  assertThat(failure.message()).as(name).doesNotContain("\uFFFD");
                } catch (RuntimeException | AssertionError e) {
                  throw new AssertionError("%s with %d of %s".formatted(name, length, unit), e);
                }
              });
    }
  }

  private static Map<String, ThrowingCallable> calls(String huge) {
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    BiConsumer<String, Consumer<Stubs>> add =
        (name, call) ->
            calls.put(
                name,
                () ->
                    call(
                        stubs -> {
                          call.accept(stubs);
                          return name;
                        }));
    String name = "corpora/" + huge;
    String document = "corpora/faq/documents/" + huge;
    add.accept(
        "getCorpus",
        it -> it.corpora().getCorpus(GetCorpusRequest.newBuilder().setName(name).build()));
    add.accept(
        "createCorpus id",
        it ->
            it.corpora().createCorpus(CreateCorpusRequest.newBuilder().setCorpusId(huge).build()));
    add.accept("language", it -> create(it, Corpus.newBuilder().setLanguage("l" + huge)));
    add.accept(
        "metadata_schema",
        it ->
            create(
                it,
                Corpus.newBuilder()
                    .addAllMetadataSchema(
                        Collections.nCopies(
                            50,
                            MetadataField.newBuilder()
                                .setName(huge.substring(0, Math.min(huge.length(), 10_000)) + "-")
                                .setType(MetadataType.METADATA_TYPE_INT)
                                .build()))));
    add.accept(
        "update_mask",
        it ->
            it.corpora()
                .updateCorpus(
                    UpdateCorpusRequest.newBuilder()
                        .setCorpus(Corpus.newBuilder().setName("corpora/faq"))
                        .setUpdateMask(FieldMask.newBuilder().addPaths(huge))
                        .build()));
    add.accept(
        "getDocument",
        it ->
            it.documents().getDocument(GetDocumentRequest.newBuilder().setName(document).build()));
    add.accept(
        "content",
        it ->
            it.documents()
                .getDocumentContent(
                    GetDocumentContentRequest.newBuilder()
                        .setName(document + "/revisions/" + huge)
                        .build())
                .next());
    addLists(add, document, huge);
    addQuestions(add, name, huge);
    add.accept(
        "operation",
        it ->
            it.operations()
                .getOperation(
                    GetOperationRequest.newBuilder().setName("operations/" + huge).build()));
    add.accept(
        "cancelOperation",
        it ->
            it.operations()
                .cancelOperation(CancelOperationRequest.newBuilder().setName(huge).build()));
    add.accept(
        "upload document",
        it -> upload(UploadHeader.newBuilder().setDocument(document).setMediaType(huge)));
    add.accept(
        "upload language",
        it ->
            upload(
                UploadHeader.newBuilder()
                    .setDocument("corpora/faq/documents/b.md")
                    .setLanguage("l" + huge)));
    add.accept(
        "upload metadata",
        it ->
            upload(
                UploadHeader.newBuilder()
                    .setDocument("corpora/faq/documents/b.md")
                    .setMetadata(Struct.newBuilder().putFields(huge, Value.getDefaultInstance()))));
    return calls;
  }

  private static void addLists(
      BiConsumer<String, Consumer<Stubs>> add, String document, String huge) {
    add.accept(
        "listCorpora",
        it -> it.corpora().listCorpora(ListCorporaRequest.newBuilder().setPageToken(huge).build()));
    add.accept(
        "listDocuments",
        it ->
            it.documents()
                .listDocuments(
                    ListDocumentsRequest.newBuilder()
                        .setParent("corpora/faq")
                        .setPageToken(huge)
                        .build()));
    add.accept(
        "listChunks",
        it ->
            it.documents().listChunks(ListChunksRequest.newBuilder().setParent(document).build()));
    add.accept(
        "listOperations",
        it ->
            it.operations()
                .listOperations(ListOperationsRequest.newBuilder().setFilter(huge).build()));
  }

  private static void addQuestions(
      BiConsumer<String, Consumer<Stubs>> add, String name, String huge) {
    add.accept(
        "retrieve",
        it ->
            it.ask()
                .retrieve(RetrieveRequest.newBuilder().setCorpus(name).setQuestion("q").build()));
    add.accept("filter", it -> retrieve(it, RetrievalSpec.newBuilder().setFilter("(" + huge)));
    add.accept(
        "filter's field",
        it -> retrieve(it, RetrievalSpec.newBuilder().setFilter("metadata.x" + huge + " == 1")));
    add.accept(
        "filter's value",
        it ->
            retrieve(
                it, RetrievalSpec.newBuilder().setFilter("document.size == \"" + huge + "\"")));
    add.accept(
        "consistency_token",
        it -> retrieve(it, RetrievalSpec.newBuilder().setConsistencyToken(huge)));
    add.accept(
        "read_mask",
        it ->
            it.ask()
                .retrieve(
                    RetrieveRequest.newBuilder()
                        .setCorpus("corpora/faq")
                        .setQuestion("q")
                        .setReadMask(FieldMask.newBuilder().addPaths(huge))
                        .build()));
    add.accept(
        "ask",
        it -> it.ask().ask(AskRequest.newBuilder().setCorpus(name).setQuestion("q").build()));
    add.accept(
        "streamAsk",
        it ->
            it.ask()
                .streamAsk(
                    StreamAskRequest.newBuilder()
                        .setCorpus("corpora/faq")
                        .setQuestion("q")
                        .setAnswerId(huge)
                        .build())
                .next());
    add.accept(
        "getAnswer",
        it ->
            it.ask()
                .getAnswer(
                    GetAnswerRequest.newBuilder().setName("corpora/faq/answers/" + huge).build()));
    add.accept(
        "cancelAnswer",
        it -> it.ask().cancelAnswer(CancelAnswerRequest.newBuilder().setName(name).build()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "%", "漢", "😀"})
  void of_everyDetailHuge_fitsAndCutsNoCharacter(String unit) throws Exception {
    String huge = unit.repeat(50_000);
    ErrorDetail[] details =
        Stream.concat(
                Stream.of(
                    new ErrorDetail.Fact("line", huge),
                    new ErrorDetail.Resource("ragline.dev/Corpus", huge)),
                IntStream.range(0, 40)
                    .boxed()
                    .flatMap(
                        i ->
                            Stream.of(
                                new ErrorDetail.BadField(huge, huge),
                                new ErrorDetail.Precondition("T", huge, huge),
                                new ErrorDetail.Quota(huge, huge))))
            .toArray(ErrorDetail[]::new);
    StatusRuntimeException status =
        Statuses.of(new RagException(ErrorCode.INVALID_ARGUMENT, "SOME_REASON", huge, details));
    Failure failure = Failure.of(status);
    assertThat(trailerBytes(status)).isLessThanOrEqualTo(6 * 1024);
    assertThat(failure.message()).startsWith(unit).endsWith("…");
    assertThat(failure.detail(ErrorInfo.class).getMetadataOrThrow("line"))
        .matches("(" + Pattern.quote(unit) + ")*…");
  }

  /** What an HTTP/2 peer counts of the trailers that gRPC makes of the status. */
  private static int trailerBytes(StatusRuntimeException failure) {
    Metadata trailers = new Metadata();
    trailers.merge(Objects.requireNonNull(failure.getTrailers()));
    trailers.put(InternalStatus.MESSAGE_KEY, failure.getStatus().getDescription());
    byte[][] namesAndValues = InternalMetadata.serialize(trailers);
    int bytes = 0;
    for (int i = 0; i < namesAndValues.length; i += 2) {
      boolean binary = new String(namesAndValues[i], US_ASCII).endsWith("-bin");
      byte[] value = namesAndValues[i + 1];
      int length = binary ? BASE64.encode(value).length : value.length;
      bytes += namesAndValues[i].length + length + 32;
    }
    return bytes;
  }

  private record Stubs(
      CorpusServiceGrpc.CorpusServiceBlockingStub corpora,
      IngestServiceGrpc.IngestServiceBlockingStub documents,
      AskServiceGrpc.AskServiceBlockingStub ask,
      OperationsGrpc.OperationsBlockingStub operations) {}

  private static Object call(Function<Stubs, Object> work) {
    return work.apply(
        new Stubs(
            CorpusServiceGrpc.newBlockingStub(usual),
            IngestServiceGrpc.newBlockingStub(usual),
            AskServiceGrpc.newBlockingStub(usual),
            OperationsGrpc.newBlockingStub(usual)));
  }

  private static void create(Stubs stubs, Corpus.Builder settings) {
    var _ =
        stubs
            .corpora()
            .createCorpus(
                CreateCorpusRequest.newBuilder().setCorpusId("new").setCorpus(settings).build());
  }

  private static void retrieve(Stubs stubs, RetrievalSpec.Builder spec) {
    var _ =
        stubs
            .ask()
            .retrieve(
                RetrieveRequest.newBuilder()
                    .setCorpus("corpora/faq")
                    .setQuestion("q")
                    .setRetrieval(spec)
                    .build());
  }

  private static void upload(UploadHeader.Builder header) {
    var _ = new UploadCall(usual).header(header.build()).blocks("# One\n").commit().finish();
  }
}
