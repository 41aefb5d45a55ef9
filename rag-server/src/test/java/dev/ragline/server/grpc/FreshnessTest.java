package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.PreconditionFailure;
import dev.ragline.call.Call;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Freshness;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.AskRequest;
import dev.ragline.v1.Consistency;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.CreateCorpusRequest;
import dev.ragline.v1.DeleteDocumentRequest;
import dev.ragline.v1.GetCorpusRequest;
import dev.ragline.v1.GetDocumentContentRequest;
import dev.ragline.v1.GetDocumentRequest;
import dev.ragline.v1.ListChunksRequest;
import dev.ragline.v1.ListDocumentsRequest;
import dev.ragline.v1.RetrievalMode;
import dev.ragline.v1.RetrievalSpec;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.RetrieveResponse;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.Warning;
import io.grpc.Status;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What reads ask of the store, and what they hear when it can do less. */
class FreshnessTest {
  private static final String CORPUS = "corpora/faq";
  private static final String DOCUMENT = "corpora/faq/documents/a.md";

  /** What the store was asked for. */
  private record Asked(Freshness freshness, Call call) {}

  @TempDir Path folder;
  private final ConcurrentLinkedQueue<Asked> asked = new ConcurrentLinkedQueue<>();
  private volatile boolean searchesWords = true;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.in(folder).withStore(store -> around(ChunkStore.class, store)).start();
    server.createCorpus("faq");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private <T> T around(Class<T> type, T target) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (method.getName().equals("searchesWords")) {
                return searchesWords;
              }
              if (method.getName().equals("snapshot") && arguments.length == 3) {
                asked.add(new Asked((Freshness) arguments[1], (Call) arguments[2]));
              }
              try {
                Object result = method.invoke(target, arguments);
                return result instanceof CorpusSnapshot snapshot
                    ? around(CorpusSnapshot.class, snapshot)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return type.cast(proxy);
  }

  private Asked lastAsked() {
    return Objects.requireNonNull(List.copyOf(asked).getLast());
  }

  private RetrieveResponse retrieve(RetrievalSpec spec) {
    return server
        .questions()
        .retrieve(
            RetrieveRequest.newBuilder()
                .setCorpus(CORPUS)
                .setQuestion("Some?")
                .setRetrieval(spec)
                .build());
  }

  private Answer ask(RetrievalSpec spec) {
    return server
        .questions()
        .ask(
            AskRequest.newBuilder()
                .setCorpus(CORPUS)
                .setQuestion("Some?")
                .setRetrieval(spec)
                .build())
        .getAnswer();
  }

  private List<AnswerEvent> stream(RetrievalSpec spec) {
    StreamAskRequest request =
        StreamAskRequest.newBuilder()
            .setCorpus(CORPUS)
            .setQuestion("Some?")
            .setRetrieval(spec)
            .build();
    List<AnswerEvent> events = new ArrayList<>();
    server
        .questions()
        .streamAsk(request)
        .forEachRemaining(response -> events.add(response.getEvent()));
    return events;
  }

  private Stream<ThrowingCallable> questions(RetrievalSpec spec) {
    return Stream.of(() -> retrieve(spec), () -> ask(spec), () -> stream(spec));
  }

  private static RetrievalSpec of(String token) {
    return RetrievalSpec.newBuilder().setConsistencyToken(token).build();
  }

  @Test
  void createCorpus_nothingAsked_isOfASession() {
    assertThat(
            server
                .corpora()
                .getCorpus(GetCorpusRequest.newBuilder().setName(CORPUS).build())
                .getCorpus()
                .getConsistency())
        .isEqualTo(Consistency.CONSISTENCY_SESSION);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "UNRECOGNIZED|.*_UNSPECIFIED")
  void consistency_everyLevel_isKeptAndReachesTheStore(Consistency level) {
    CreateCorpusRequest.Builder request =
        CreateCorpusRequest.newBuilder().setCorpusId(level.name());
    request.getCorpusBuilder().setConsistency(level);
    Corpus created = server.corpora().createCorpus(request.build()).getCorpus();
    assertThat(created.getConsistency()).isEqualTo(level);

    var _ = retrieve(RetrievalSpec.newBuilder().setConsistency(level).build());
    assertThat("CONSISTENCY_" + lastAsked().freshness().level()).isEqualTo(level.name());
    var _ = retrieve(RetrievalSpec.getDefaultInstance());
    assertThat(lastAsked().freshness()).isEqualTo(Freshness.DEFAULT);
  }

  @Test
  void token_ofAnUploadOrADeletion_isTakenByReads() {
    String written = server.upload(DOCUMENT, "# One\n\nSome.\n").getReceipt().getConsistencyToken();
    assertThat(written).isNotEmpty();
    String gone =
        server
            .documents()
            .deleteDocument(DeleteDocumentRequest.newBuilder().setName(DOCUMENT).build())
            .getConsistencyToken();
    assertThat(gone).isNotEmpty();
    for (String token : List.of(written, gone)) {
      assertThat(retrieve(of(token)).getPassagesList()).isEmpty();
      assertThat(lastAsked().freshness()).isEqualTo(Freshness.of(token));
      var _ = ask(of(token));
      assertThat(lastAsked().freshness()).isEqualTo(Freshness.of(token));
    }
  }

  @Test
  void token_forgedOrOfAnotherCorpus_isNamedByItsField() {
    server.createCorpus("other");
    String foreign =
        server.upload("corpora/other/documents/a.md", "Text.").getReceipt().getConsistencyToken();
    for (String token : List.of(foreign, "forged", "*")) {
      questions(of(token))
          .forEach(
              question -> {
                Failure failure = Failure.of(question);
                assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                assertThat(failure.fields()).containsExactly("retrieval.consistency_token");
              });
    }
  }

  @Test
  void reads_ofDocuments_askTheUsualWithinTheCallsDeadline() {
    var _ = server.upload(DOCUMENT, "# One\n\nSome text.\n");
    Stream.<Runnable>of(
            () ->
                server
                    .documents()
                    .getDocument(GetDocumentRequest.newBuilder().setName(DOCUMENT).build()),
            () ->
                server
                    .documents()
                    .listDocuments(ListDocumentsRequest.newBuilder().setParent(CORPUS).build()),
            () ->
                server
                    .documents()
                    .listChunks(ListChunksRequest.newBuilder().setParent(DOCUMENT).build()),
            () ->
                server
                    .documents()
                    .getDocumentContent(
                        GetDocumentContentRequest.newBuilder().setName(DOCUMENT).build())
                    .forEachRemaining(piece -> {}))
        .forEach(
            read -> {
              asked.clear();
              read.run();
              assertThat(asked).hasSize(1);
              assertThat(lastAsked().freshness()).isEqualTo(Freshness.DEFAULT);
              assertThat(lastAsked().call()).isNotEqualTo(Call.UNLIMITED);
            });
  }

  @Test
  void storeWithoutWords_hybrid_warnsAndFindsByVectors() {
    var _ = server.upload(DOCUMENT, "# One\n\nSome text.\n");
    searchesWords = false;

    RetrieveResponse found = retrieve(RetrievalSpec.getDefaultInstance());
    assertThat(found.getPassagesList()).isNotEmpty().noneMatch(p -> p.hasLexicalScore());
    assertThat(found.getWarningsList())
        .extracting(Warning::getCode)
        .containsExactly("LEXICAL_SEARCH_UNSUPPORTED");
    assertThat(ask(RetrievalSpec.getDefaultInstance()).getWarningsList())
        .isEqualTo(found.getWarningsList());
    List<AnswerEvent> events = stream(RetrievalSpec.getDefaultInstance());
    assertThat(events.stream().filter(AnswerEvent::hasWarning).map(AnswerEvent::getWarning))
        .isEqualTo(found.getWarningsList());
    assertThat(events.getLast().getCompleted().getAnswer().getWarningsList())
        .isEqualTo(found.getWarningsList());
  }

  @Test
  void storeWithoutWords_lexical_isRefused() {
    var _ = server.upload(DOCUMENT, "# One\n\nSome text.\n");
    searchesWords = false;
    questions(RetrievalSpec.newBuilder().setMode(RetrievalMode.RETRIEVAL_MODE_LEXICAL).build())
        .forEach(
            question -> {
              Failure failure = Failure.of(question);
              assertThat(failure.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
              assertThat(failure.reason()).isEqualTo("LEXICAL_SEARCH_UNSUPPORTED");
              PreconditionFailure.Violation violation =
                  failure.detail(PreconditionFailure.class).getViolations(0);
              assertThat(violation.getType()).isEqualTo("LEXICAL_SEARCH_UNSUPPORTED");
              assertThat(violation.getSubject()).isEqualTo(CORPUS);
            });
  }
}
