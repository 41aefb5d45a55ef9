package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.v1.AskRequest;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.CreateCorpusRequest;
import dev.ragline.v1.DeleteCorpusRequest;
import dev.ragline.v1.DeleteDocumentRequest;
import dev.ragline.v1.Document;
import dev.ragline.v1.GetCorpusRequest;
import dev.ragline.v1.GetDocumentContentRequest;
import dev.ragline.v1.GetDocumentRequest;
import dev.ragline.v1.ListChunksRequest;
import dev.ragline.v1.ListDocumentsRequest;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.UpdateCorpusRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resources that are not there, are there already, or changed in the meantime. */
class ResourceStatesTest {
  private static final String CORPUS = "corpora/faq";
  private static final String DOCUMENT = "corpora/faq/documents/a.md";

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.in(folder).start();
    server.createCorpus("faq");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void requireNotFound(String reason, String resource, ThrowingCallable call) {
    Failure failure = Failure.of(call);
    assertThat(failure.code()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.resource()).isEqualTo(resource);
  }

  private static void requireAborted(String resource, ThrowingCallable call) {
    Failure failure = Failure.of(call);
    assertThat(failure.code()).isEqualTo(Status.Code.ABORTED);
    assertThat(failure.reason()).isEqualTo("ETAG_MISMATCH");
    assertThat(failure.resource()).isEqualTo(resource);
  }

  private Corpus corpus() {
    return server
        .corpora()
        .getCorpus(GetCorpusRequest.newBuilder().setName(CORPUS).build())
        .getCorpus();
  }

  private Corpus rename(String displayName, String etag) {
    Corpus wanted =
        Corpus.newBuilder().setName(CORPUS).setDisplayName(displayName).setEtag(etag).build();
    return server
        .corpora()
        .updateCorpus(UpdateCorpusRequest.newBuilder().setCorpus(wanted).build())
        .getCorpus();
  }

  private void deleteCorpus(String etag) {
    var _ =
        server
            .corpora()
            .deleteCorpus(DeleteCorpusRequest.newBuilder().setName(CORPUS).setEtag(etag).build());
  }

  private int deleteDocument(String etag) {
    return server
        .documents()
        .deleteDocument(DeleteDocumentRequest.newBuilder().setName(DOCUMENT).setEtag(etag).build())
        .getRemoved();
  }

  @Test
  void createCorpus_takenId_alreadyExists() {
    CreateCorpusRequest again = CreateCorpusRequest.newBuilder().setCorpusId("faq").build();
    Failure failure = Failure.of(() -> server.corpora().createCorpus(again));
    assertThat(failure.code()).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(failure.resource()).isEqualTo(CORPUS);
  }

  @Test
  void updateCorpus_etag_guardsWhatWasRead() {
    String read = corpus().getEtag();
    Corpus renamed = rename("One", read);
    assertThat(renamed.getDisplayName()).isEqualTo("One");
    assertThat(renamed.getEtag()).isNotEqualTo(read);
    requireAborted(CORPUS, () -> rename("Two", read));
    assertThat(corpus()).isEqualTo(renamed);
    assertThat(rename("Three", "").getDisplayName()).isEqualTo("Three");
  }

  @Test
  void deleteCorpus_etag_guardsWhatWasRead() {
    String read = corpus().getEtag();
    var _ = rename("One", "");
    requireAborted(CORPUS, () -> deleteCorpus(read));
    deleteCorpus(corpus().getEtag());
    requireNotFound("CORPUS_NOT_FOUND", CORPUS, this::corpus);
    server.createCorpus("faq");
    assertThat(corpus().getDisplayName()).isEmpty();
  }

  @Test
  void deleteDocument_etag_guardsWhatWasRead() {
    Document first = server.upload(DOCUMENT, "# One\n\nText.\n").getDocument();
    Document second = server.upload(DOCUMENT, "# One\n\nOther text.\n").getDocument();
    requireAborted(DOCUMENT, () -> deleteDocument(first.getEtag()));
    assertThat(deleteDocument(second.getEtag())).isEqualTo(1);
    requireNotFound("DOCUMENT_NOT_FOUND", DOCUMENT, () -> deleteDocument(""));
    assertThat(corpus().getDocumentCount()).isZero();
  }

  @Test
  void unknownCorpus_inEveryCall_isNamed() {
    String none = "corpora/none";
    String document = none + "/documents/a";
    AskRequest ask = AskRequest.newBuilder().setCorpus(none).setQuestion("q").build();
    Stream.<ThrowingCallable>of(
            () -> server.corpora().getCorpus(GetCorpusRequest.newBuilder().setName(none).build()),
            () ->
                server
                    .corpora()
                    .deleteCorpus(DeleteCorpusRequest.newBuilder().setName(none).build()),
            () ->
                server
                    .corpora()
                    .updateCorpus(
                        UpdateCorpusRequest.newBuilder()
                            .setCorpus(Corpus.newBuilder().setName(none))
                            .build()),
            () ->
                server
                    .documents()
                    .listDocuments(ListDocumentsRequest.newBuilder().setParent(none).build()),
            () -> getDocument(document),
            () -> listChunks(document),
            () -> content(document),
            () ->
                server
                    .documents()
                    .deleteDocument(DeleteDocumentRequest.newBuilder().setName(document).build()),
            () -> server.questions().ask(ask),
            () ->
                server
                    .questions()
                    .retrieve(
                        RetrieveRequest.newBuilder().setCorpus(none).setQuestion("q").build()),
            () ->
                server
                    .questions()
                    .streamAsk(
                        StreamAskRequest.newBuilder().setCorpus(none).setQuestion("q").build())
                    .forEachRemaining(event -> {}))
        .forEach(call -> requireNotFound("CORPUS_NOT_FOUND", none, call));
  }

  @Test
  void unknownDocument_inEveryCall_isNamed() {
    String longest = CORPUS + "/documents/" + "é".repeat(256);
    for (String name : new String[] {CORPUS + "/documents/none", longest}) {
      requireNotFound("DOCUMENT_NOT_FOUND", name, () -> getDocument(name));
      requireNotFound("DOCUMENT_NOT_FOUND", name, () -> listChunks(name));
      requireNotFound("DOCUMENT_NOT_FOUND", name, () -> content(name));
    }
  }

  private void getDocument(String name) {
    var _ = server.documents().getDocument(GetDocumentRequest.newBuilder().setName(name).build());
  }

  private void listChunks(String name) {
    var _ = server.documents().listChunks(ListChunksRequest.newBuilder().setParent(name).build());
  }

  private void content(String name) {
    server
        .documents()
        .getDocumentContent(GetDocumentContentRequest.newBuilder().setName(name).build())
        .forEachRemaining(piece -> {});
  }
}
