package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.v1.AskRequest;
import dev.ragline.v1.HydeMode;
import dev.ragline.v1.RetrievalSpec;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.RetrieveResponse;
import dev.ragline.v1.RewriteMode;
import dev.ragline.v1.Stage;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.StreamAskResponse;
import dev.ragline.v1.Turn;
import dev.ragline.v1.TurnRole;
import dev.ragline.v1.Warning;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries, history and HyDE on the wire of a server without a language model. */
class TransformTest {
  private static final String QUESTION = "Where is it?";
  private static final Turn SAID =
      Turn.newBuilder()
          .setRole(TurnRole.TURN_ROLE_USER)
          .setText("Who built the lighthouse?")
          .build();

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.in(folder).start();
    server.createCorpus("faq");
    var _ = server.upload("corpora/faq/documents/a.md", "The lighthouse stands on the cape.\n");
    var _ = server.upload("corpora/faq/documents/b.md", "Bread needs an oven.\n");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RetrieveResponse retrieve(RetrievalSpec.Builder spec, Turn... history) {
    return server
        .questions()
        .retrieve(
            RetrieveRequest.newBuilder()
                .setCorpus("corpora/faq")
                .setQuestion(QUESTION)
                .setRetrieval(spec)
                .addAllHistory(List.of(history))
                .build());
  }

  private static RetrievalSpec.Builder spec() {
    return RetrievalSpec.newBuilder().setLimit(1);
  }

  private static String document(RetrieveResponse found) {
    return found.getPassages(0).getDocument().getName();
  }

  @Test
  void retrieve_queries_areSearchedForToo() {
    RetrieveResponse found = retrieve(spec().addQueries("bread oven"));
    assertThat(document(found)).endsWith("/b.md");
    assertThat(found.getStagesList()).extracting(Stage::getName).contains("join");
    assertThat(found.getRewrittenQuestion()).isEmpty();
  }

  @Test
  void retrieve_history_isSearchedWithAndShown() {
    RetrieveResponse found = retrieve(spec(), SAID);
    assertThat(document(found)).endsWith("/a.md");
    assertThat(found.getRewrittenQuestion()).isEqualTo(QUESTION + " built lighthouse");
    assertThat(found.getStages(0).getName()).isEqualTo("rewrite");
    assertThat(found.getStages(0).getDetail()).endsWith(found.getRewrittenQuestion());

    RetrieveResponse plain = retrieve(spec().setRewrite(RewriteMode.REWRITE_MODE_OFF), SAID);
    assertThat(plain.getRewrittenQuestion()).isEmpty();
    assertThat(plain.getStagesList()).extracting(Stage::getName).doesNotContain("rewrite");
  }

  @Test
  void ask_history_isShownInTheEventAndInTheAnswer() {
    AskRequest ask =
        AskRequest.newBuilder()
            .setCorpus("corpora/faq")
            .setQuestion(QUESTION)
            .addHistory(SAID)
            .build();
    String rewritten = QUESTION + " built lighthouse";
    assertThat(server.questions().ask(ask).getAnswer().getRewrittenQuestion()).isEqualTo(rewritten);
    List<StreamAskResponse> events = new ArrayList<>();
    server
        .questions()
        .streamAsk(
            StreamAskRequest.newBuilder()
                .setCorpus(ask.getCorpus())
                .setQuestion(QUESTION)
                .addHistory(SAID)
                .build())
        .forEachRemaining(events::add);
    assertThat(events.get(1).getEvent().getRetrieved().getRewrittenQuestion()).isEqualTo(rewritten);
  }

  @Test
  void retrieve_noLanguageModel_warnsOrRefuses() {
    RetrieveResponse found = retrieve(spec().setHyde(HydeMode.HYDE_MODE_OPTIONAL));
    assertThat(found.getWarningsList()).extracting(Warning::getCode).containsExactly("HYDE_FAILED");
    for (RetrievalSpec.Builder required :
        List.of(
            spec().setHyde(HydeMode.HYDE_MODE_REQUIRED),
            spec().setRewrite(RewriteMode.REWRITE_MODE_LLM_REQUIRED))) {
      Failure failure = Failure.of(() -> retrieve(required, SAID));
      assertThat(failure.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(failure.reason()).isEqualTo("LLM_NOT_CONFIGURED");
    }
  }
}
