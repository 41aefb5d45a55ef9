package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.ragline.testing.CrossEncoderModel;
import dev.ragline.v1.CandidateTrace;
import dev.ragline.v1.Passage;
import dev.ragline.v1.RankingStage;
import dev.ragline.v1.RetrieveResponse;
import dev.ragline.v1.Stage;
import dev.ragline.v1.StageRank;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rag serve --reranker} with a model that knows that cars are fast. */
class RerankIT {
  private static final String QUESTION = "What is the speed of an automobile?";

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init") // started before any test
  private static ServerProcess server;

  @BeforeAll
  static void start() throws IOException {
    Path model = folder.resolve("tiny-cross-encoder");
    CrossEncoderModel.write(model);
    server = ServerProcess.start(folder.resolve("store"), Map.of(), "--reranker", model.toString());
    Path documents = Files.createDirectories(folder.resolve("documents"));
    Files.writeString(documents.resolve("elephant.txt"), "What is the speed of an elephant?");
    Files.writeString(documents.resolve("vehicle.txt"), "A car is quick, and any vehicle is fast.");
    Files.writeString(documents.resolve("mill.txt"), "The mill stands at the river.");
    Rag.Result ingested = server.rag("ingest", documents.toString(), "--corpus", "c");
    assertThat(ingested.exitCode()).as(ingested.err()).isZero();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static Rag.Result search(String... options) {
    List<String> arguments = new ArrayList<>(List.of("search", QUESTION, "--corpus", "c"));
    arguments.addAll(List.of(options));
    Rag.Result result = server.rag(arguments.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  private static String first(List<Passage> passages) {
    String name = passages.getFirst().getDocument().getName();
    return name.substring(name.lastIndexOf('/') + 1);
  }

  @Test
  void search_reranked_putsTheMeaningBeforeTheWords() {
    List<Passage> without = Output.passages(search("--json", "--rerank", "off"));
    assertThat(first(without)).isEqualTo("elephant.txt");
    assertThat(without).noneMatch(Passage::hasRerankScore);

    for (String[] options :
        new String[][] {
          {"--json"}, {"--json", "--rerank", "optional"}, {"--json", "--rerank", "required"}
        }) {
      List<Passage> reranked = Output.passages(search(options));
      assertThat(first(reranked)).isEqualTo("vehicle.txt");
      assertThat(reranked.getFirst().getRerankScore()).isGreaterThan(0.9);
      assertThat(reranked)
          .isSortedAccordingTo((a, b) -> Double.compare(b.getRerankScore(), a.getRerankScore()));
    }
  }

  @Test
  void search_explain_tellsHowTheRerankerChangedTheOrder() throws InvalidProtocolBufferException {
    RetrieveResponse.Builder found = RetrieveResponse.newBuilder();
    JsonFormat.parser().merge(search("--explain", "--json", "--limit", "1").out(), found);
    assertThat(found.getStagesList())
        .filteredOn(stage -> stage.getName().equals("rerank"))
        .extracting(Stage::getDetail)
        .containsExactly("tiny-cross-encoder, 3 of 3 passages");
    CandidateTrace first = found.getCandidates(0);
    assertThat(first.getChunk()).contains("vehicle.txt");
    assertThat(first.getRanksList())
        .filteredOn(
            rank ->
                rank.getStage() == RankingStage.RANKING_STAGE_EVIDENCE
                    || rank.getStage() == RankingStage.RANKING_STAGE_RERANK)
        .extracting(StageRank::getRank)
        .containsExactly(2, 1);

    String table = search("--explain", "--limit", "1").out();
    assertThat(table).contains("CANDIDATE").contains("RERANK").contains("below limit");
  }

  @Test
  void serve_folderThatIsNoModel_saysWhatIsMissing() throws Exception {
    Path none = Files.createDirectories(folder.resolve("empty"));
    Rag.Result result =
        Rag.run(
            Map.of(),
            "serve",
            "--port",
            "0",
            "--store",
            folder.resolve("other").toString(),
            "--reranker",
            none.toString());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("rerank.model: the model folder").contains("model.onnx");
  }
}
