package dev.ragline.client.cli;

import static dev.ragline.client.cli.CommandLineHarness.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.client.Names;
import dev.ragline.client.RagClient;
import dev.ragline.client.cli.CommandLineHarness.Ended;
import dev.ragline.client.fake.Errors;
import dev.ragline.client.fake.Script;
import dev.ragline.v1.CandidateTrace;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.DropReason;
import dev.ragline.v1.RankingStage;
import dev.ragline.v1.Rerank;
import dev.ragline.v1.RerankMode;
import dev.ragline.v1.RetrievalMode;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.RetrieveResponse;
import dev.ragline.v1.StageRank;
import dev.ragline.v1.UploadHeader;
import dev.ragline.v1.Warning;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code search}, {@code corpus …} and {@code document …}. */
@Timeout(60)
class ResourceCommandsTest {
  private final CommandLineHarness rag = new CommandLineHarness();

  @AfterEach
  void close() {
    rag.close();
  }

  @BeforeEach
  void fill() {
    try (RagClient client = RagClient.builder(rag.server.address()).build()) {
      for (String id : new String[] {"faq", "handbook", "zoo"}) {
        Corpus settings = Corpus.newBuilder().setDisplayName("The " + id).build();
        var unused = client.createCorpus(id, settings);
      }
      for (String id : new String[] {"a b.md", "guide~start.md"}) {
        byte[] content = "# Grüße\n\nHallo.\n\nEnde.".getBytes(StandardCharsets.UTF_8);
        var unused =
            client.upload(
                UploadHeader.newBuilder()
                    .setDocument(Names.document("faq", id))
                    .setUri("docs/" + id)
                    .build(),
                content);
      }
    }
  }

  @Test
  void search_passages_inOrderWithScoresPlaceAndBeginning() {
    rag.server.answers.passages =
        RetrieveResponse.newBuilder()
            .addPassages(
                Script.passage(
                    1,
                    "faq.md",
                    "Storage",
                    " Where does Milvus store data?\n\nMilvus deals with two"))
            .addPassages(
                Script.passage(
                    2, "faq.md", "Flush", " How does Milvus flush data?\n\n" + "long ".repeat(60)))
            .build();

    assertGolden("search", rag.run("search", "How is data stored?", "--corpus", "faq"));
    Ended json = rag.run("search", "q", "--corpus", "faq", "--json", "--mode", "dense");
    assertThat(json.outLines()).hasSize(2);
    assertThat(json.outLines().get(0)).startsWith("{\"chunk\":{").contains("\"rank\":1");
    assertThat(Objects.requireNonNull(rag.server.answers.searched).getRetrieval().getMode())
        .isEqualTo(RetrievalMode.RETRIEVAL_MODE_DENSE);
  }

  private static StageRank rank(RankingStage stage, int rank) {
    return StageRank.newBuilder().setStage(stage).setRank(rank).build();
  }

  private static StageRank rank(RankingStage stage, int rank, double score) {
    return rank(stage, rank).toBuilder().setScore(score).build();
  }

  @Test
  void search_explain_drawsWhatBecameOfEachCandidate() {
    rag.server.answers.passages =
        RetrieveResponse.newBuilder()
            .addPassages(
                Script.passage(1, "faq.md", "Storage", "Where is data stored?").toBuilder()
                    .setRerankScore(0.875))
            .addCandidates(
                CandidateTrace.newBuilder()
                    .setChunk("corpora/faq/documents/faq.md/chunks/1")
                    .addRanks(rank(RankingStage.RANKING_STAGE_DENSE, 2, 0.61))
                    .addRanks(rank(RankingStage.RANKING_STAGE_LEXICAL, 1, 12.5))
                    .addRanks(rank(RankingStage.RANKING_STAGE_FUSED, 2, 0.708))
                    .addRanks(rank(RankingStage.RANKING_STAGE_EVIDENCE, 1, 0.9))
                    .addRanks(rank(RankingStage.RANKING_STAGE_RERANK, 1, 0.875))
                    .addRanks(rank(RankingStage.RANKING_STAGE_SELECTION, 1)))
            .addCandidates(
                CandidateTrace.newBuilder()
                    .setChunk("corpora/faq/documents/long~name.md/chunks/10")
                    .addRanks(rank(RankingStage.RANKING_STAGE_DENSE, 1, 0.72))
                    .addRanks(rank(RankingStage.RANKING_STAGE_FUSED, 1, 0.72))
                    .addRanks(rank(RankingStage.RANKING_STAGE_EVIDENCE, 2, 0.4))
                    .setDropped(DropReason.DROP_REASON_TOO_MANY_OF_DOCUMENT))
            .addCandidates(
                CandidateTrace.newBuilder()
                    .setChunk("corpora/faq/documents/faq.md/chunks/0")
                    .addRanks(rank(RankingStage.RANKING_STAGE_LEXICAL, 2, 1.5))
                    .addRanks(rank(RankingStage.RANKING_STAGE_FUSED, 3, 0.1))
                    .setDropped(DropReason.DROP_REASON_NOT_IN_POOL))
            .addCandidates(CandidateTrace.newBuilder().setChunk("c").setDroppedValue(99))
            .build();

    assertGolden("search-explain", rag.run("search", "q", "--corpus", "faq", "--explain"));
    assertThat(Objects.requireNonNull(rag.server.answers.searched).getRetrieval().getExplain())
        .isTrue();
    Ended json = rag.run("search", "q", "--corpus", "faq", "--explain", "--json");
    assertThat(json.outLines()).hasSize(1);
    assertThat(json.lastOutLine()).startsWith("{\"passages\":[").contains("\"candidates\":[");
  }

  @Test
  void search_rerank_reachesTheServer() {
    rag.run("search", "q", "--corpus", "faq", "--rerank", "required", "--rerank-candidates", "40");
    Rerank asked = Objects.requireNonNull(rag.server.answers.searched).getRetrieval().getRerank();
    assertThat(asked.getMode()).isEqualTo(RerankMode.RERANK_MODE_REQUIRED);
    assertThat(asked.getCandidates()).isEqualTo(40);

    rag.run("search", "q", "--corpus", "faq");
    assertThat(Objects.requireNonNull(rag.server.answers.searched).getRetrieval().hasRerank())
        .isFalse();
    assertThat(rag.run("search", "q", "--corpus", "faq", "--rerank-candidates", "0"))
        .isEqualTo(new Ended(2, "", "rag: --rerank-candidates is 1 to 1000, not 0\n"));
  }

  @Test
  void search_fields_reachTheServerAsAMask() {
    rag.run("search", "q", "--corpus", "faq", "--json", "--fields", "rank,chunk.sourceRange");
    RetrieveRequest searched = Objects.requireNonNull(rag.server.answers.searched);
    assertThat(searched.getReadMask().getPathsList()).containsExactly("rank", "chunk.source_range");

    rag.run("search", "q", "--corpus", "faq");
    assertThat(Objects.requireNonNull(rag.server.answers.searched).getReadMask().getPathsList())
        .isEmpty();
    assertThat(rag.run("search", "q", "--corpus", "faq", "--fields", "rank").err())
        .isEqualTo("rag: --fields goes with --json\n");
  }

  @Test
  void search_warnings_areSaidOnStandardError() {
    rag.server.answers.passages =
        RetrieveResponse.newBuilder()
            .addPassages(Script.passage(1, "faq.md", "Storage", "text"))
            .addWarnings(Warning.newBuilder().setCode("CODE").setMessage("no words"))
            .build();
    for (String[] arguments :
        new String[][] {
          {"search", "q", "--corpus", "faq"}, {"search", "q", "--corpus", "faq", "--json"}
        }) {
      assertThat(rag.run(arguments).err()).isEqualTo("rag: warning: no words (CODE)\n");
    }
  }

  @Test
  void search_nothingFound_isSaidOnStandardError() {
    Ended ended = rag.run("search", "q", "--corpus", "faq");

    assertThat(ended).isEqualTo(new Ended(0, "", "rag: no passage was found\n"));
  }

  @Test
  void corpus_commands() {
    assertGolden("corpus-list", rag.run("corpus", "list"));
    assertGolden("corpus-show", rag.run("corpus", "show", "corpora/faq"));
    assertGolden("corpus-delete", rag.run("corpus", "delete", "zoo"));
    assertGolden("corpus-absent", rag.run("corpus", "show", "zoo"));
    assertThat(rag.run("corpus", "list", "--json").outLines()).hasSize(2);
    assertThat(rag.run("corpus", "delete", "faq", "--json").out()).isEqualTo("{}\n");
  }

  @Test
  void corpusReindex_eachDocument_isSentAgainWithAllThatIsSaidOfIt() {
    var before = Map.copyOf(rag.server.documents.held);

    Ended ended = rag.run("corpus", "reindex", "faq");

    assertThat(ended.out())
        .isEqualTo(
            "read 2 documents of corpora/faq anew:"
                + " 0 added, 0 changed, 6 unchanged, 0 removed, 0 embedded\n");
    assertThat(ended.exitCode()).isZero();
    assertThat(rag.server.documents.held).isEqualTo(before);
    assertThat(rag.run("corpus", "reindex", "faq", "--json").out()).contains("\"unchanged\":6");
  }

  @Test
  void corpusReindex_oneThatFails_isNamedAndTheOthersAreRead() {
    rag.server.documents.uploadFailures.add(
        Errors.of(Status.Code.ABORTED, "ETAG_MISMATCH", "the document is another one by now"));

    Ended ended = rag.run("corpus", "reindex", "faq");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.err()).contains("corpora/faq/documents/a b.md", "is another one by now");
    assertThat(ended.out()).startsWith("read 1 document of corpora/faq anew");
  }

  @Test
  void document_commands() {
    assertGolden("document-list", rag.run("document", "list", "--corpus", "faq"));
    assertGolden(
        "document-show", rag.run("document", "show", "a b.md", "--corpus", "faq", "--chunks"));
    assertThat(
            rag.run("document", "show", "a b.md", "--corpus", "faq", "--chunks", "--json")
                .outLines())
        .hasSize(4);
    assertGolden("document-delete", rag.run("document", "delete", "corpora/faq/documents/a b.md"));
    assertGolden("document-absent", rag.run("document", "show", "a b.md", "--corpus", "faq"));
  }

  @Test
  void documentContent_wholeOrRange_isTheExactBytes() {
    String id = "guide~start.md";
    assertThat(rag.run("document", "content", id, "--corpus", "faq").out())
        .isEqualTo("# Grüße\n\nHallo.\n\nEnde.");
    assertThat(rag.run("document", "content", id, "--corpus", "faq", "--range", "2-9").out())
        .isEqualTo("Grüße");
    assertThat(
            rag.run("document", "content", id, "--corpus", "faq", "--range", "2-4", "--json").out())
        .isEqualTo("{\"block\":{\"offset\":\"2\",\"data\":\"R3I=\"}}\n");
    assertThat(rag.run("document", "content", id, "--corpus", "faq", "--range", "2-999").exitCode())
        .isEqualTo(1);
    assertThat(rag.run("document", "content", id, "--corpus", "faq", "--range", "x").exitCode())
        .isEqualTo(2);
  }

  @Test
  void document_idThatIsNoId_isWrongUsage() {
    assertThat(rag.run("document", "show", "a/b", "--corpus", "faq").exitCode()).isEqualTo(2);
    assertThat(rag.run("document", "show", "a.md").err()).contains("with --corpus");
  }
}
