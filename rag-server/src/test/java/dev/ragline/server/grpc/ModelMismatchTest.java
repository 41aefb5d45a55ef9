package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.PreconditionFailure;
import dev.ragline.call.Call;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.testing.FakeEmbedder;
import dev.ragline.v1.AskRequest;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.DeleteDocumentRequest;
import dev.ragline.v1.GetCorpusRequest;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.StreamAskRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A corpus filled with one model's vectors, on a server that runs another model. */
class ModelMismatchTest {
  private static final String DOCUMENT = "corpora/faq/documents/a.md";

  @TempDir Path folder;

  /** Computes the same and says that it is another. */
  private record Renamed(Embedder embedder) implements Embedder {
    @Override
    public EmbeddingModel model() {
      EmbeddingModel model = embedder.model();
      return new EmbeddingModel("newer", "newer-2", model.dimension(), model.maxTokens());
    }

    @Override
    public boolean computesHere() {
      return true;
    }

    @Override
    public int countTokens(String text) {
      return embedder.countTokens(text);
    }

    @Override
    public List<float[]> embedPassages(List<String> texts, Call call) {
      return embedder.embedPassages(texts, call);
    }

    @Override
    public QuestionEmbedding embedQuestion(String question, Call call) {
      return embedder.embedQuestion(question, call);
    }

    @Override
    public void close() {
      embedder.close();
    }
  }

  @Test
  void otherModel_searchesAndWrites_areRefusedNamingBoth() {
    try (TestServer old = TestServer.in(folder).start()) {
      old.createCorpus("faq");
      var _ = old.upload(DOCUMENT, "# One\n\nSome text.\n");
    }
    try (TestServer server =
        TestServer.in(folder).withEmbedder(new Renamed(new FakeEmbedder())).start()) {
      Stream.<ThrowingCallable>of(
              () -> server.questions().ask(question()),
              () ->
                  server
                      .questions()
                      .retrieve(
                          RetrieveRequest.newBuilder()
                              .setCorpus("corpora/faq")
                              .setQuestion("Some?")
                              .build()),
              () ->
                  server
                      .questions()
                      .streamAsk(
                          StreamAskRequest.newBuilder()
                              .setCorpus("corpora/faq")
                              .setQuestion("Some?")
                              .build())
                      .forEachRemaining(event -> {}),
              () -> server.upload().header(DOCUMENT).await())
          .forEach(ModelMismatchTest::requireRefused);
      requireStillDescribedAndDeletable(server);
    }
  }

  private static AskRequest question() {
    return AskRequest.newBuilder().setCorpus("corpora/faq").setQuestion("Some?").build();
  }

  private static void requireRefused(ThrowingCallable call) {
    Failure failure = Failure.of(call);
    assertThat(failure.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(failure.reason()).isEqualTo("EMBEDDING_MODEL_MISMATCH");
    assertThat(failure.message())
        .contains("fake-embedder", "fake-embedder-1", "newer", "newer-2", "faq");
    assertThat(failure.detail(PreconditionFailure.class).getViolations(0).getSubject())
        .isEqualTo("corpora/faq");
  }

  private static void requireStillDescribedAndDeletable(TestServer server) {
    Corpus corpus =
        server
            .corpora()
            .getCorpus(GetCorpusRequest.newBuilder().setName("corpora/faq").build())
            .getCorpus();
    assertThat(corpus.getEmbeddingModel().getName()).isEqualTo("fake-embedder");
    assertThat(corpus.getChunkCount()).isEqualTo(1);
    assertThat(
            server
                .documents()
                .deleteDocument(DeleteDocumentRequest.newBuilder().setName(DOCUMENT).build())
                .getRemoved())
        .isEqualTo(1);
  }
}
