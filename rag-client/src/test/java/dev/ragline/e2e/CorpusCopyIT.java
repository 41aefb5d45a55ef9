package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.testing.milvus.Milvus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rag corpus copy}: what is served from a copy is what was served from the original. */
class CorpusCopyIT {
  private static final String QUESTION = "Where are backups kept?";
  private static final String NOTHING = "{\"documents\":0,\"chunks\":0}";

  /** The originals, which no test changes. */
  @TempDir private static Path originals;

  private static Path documents;
  private static Path data;
  private static String found = "";

  @TempDir private Path folder;

  @BeforeAll
  static void ingest() throws IOException {
    documents = originals.resolve("documents");
    data = originals.resolve("data");
    OwnDocuments.write(documents);
    try (ServerProcess server = ServerProcess.start(data, Map.of())) {
      assertThat(ingest(server)).isPositive();
      String one = documents.resolve("runbook.md").toString();
      Rag.Result other = server.rag("ingest", one, "--corpus", "other");
      assertThat(other.exitCode()).as(other.err()).isZero();
      found = search(server);
      assertThat(found).contains("cold bucket");
    }
  }

  private static long ingest(ServerProcess server) {
    return Output.receipt(server.rag("ingest", documents.toString(), "--corpus", "notes", "--json"))
        .getEmbedded();
  }

  private static String search(ServerProcess server) {
    Rag.Result result = server.rag("search", QUESTION, "--corpus", "notes", "--json");
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out();
  }

  private static Rag.Result copy(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of("corpus", "copy"));
    command.addAll(List.of(arguments));
    return Rag.run(environment, command.toArray(String[]::new));
  }

  @Test
  void copy_folderToFolder_servesTheSame() {
    Path to = folder.resolve("copy");

    Rag.Result first = copy(Map.of(), "--from", data.toString(), "--to", to.toString());
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("notes: 5 documents (", "other: 1 document (")
        .contains("copied, 0 documents (0 chunks) there already");

    Rag.Result again =
        copy(Map.of(), "--from", data.toString(), "--to", to.toString(), "notes", "--json");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out())
        .startsWith("{\"corpus\":\"corpora/notes\",\"copied\":" + NOTHING)
        .contains("\"skipped\":{\"documents\":5,", "\"others\":0}");

    try (ServerProcess server = ServerProcess.start(to, Map.of())) {
      assertThat(search(server)).isEqualTo(found);
      assertThat(ingest(server)).isZero();
    }
  }

  @Test
  void copy_toMilvusAndBack_servesTheSameWithoutEmbedding() {
    String milvus = Milvus.lite().address();
    String prefix = "t" + UUID.randomUUID().toString().substring(0, 8);
    Path back = folder.resolve("back");

    Rag.Result there =
        copy(Map.of("RAGLINE_TO_PREFIX", prefix), "--from", data.toString(), "--to", milvus);
    assertThat(there.exitCode()).as(there.err()).isZero();
    Rag.Result again =
        copy(Map.of(), "--from", milvus, "--from-prefix", prefix, "--to", back.toString(), "notes");
    assertThat(again.exitCode()).as(again.err()).isZero();

    Map<String, String> environment = Map.of("RAGLINE_STORE_PREFIX", prefix);
    try (ServerProcess server = ServerProcess.start(milvus, environment)) {
      assertThat(search(server)).contains("cold bucket");
      assertThat(ingest(server)).isZero();
    }
    try (ServerProcess server = ServerProcess.start(back, Map.of())) {
      assertThat(search(server)).isEqualTo(found);
      assertThat(ingest(server)).isZero();
    }
  }

  @Test
  void copy_folderThatIsServed_namesTheOwner() {
    try (ServerProcess owner = ServerProcess.start(data, Map.of())) {
      Rag.Result result =
          copy(Map.of(), "--from", data.toString(), "--to", folder.resolve("copy").toString());
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(Commands.said(result)).hasSize(1);
      assertThat(Commands.said(result).getFirst())
          .contains("in use by process " + owner.process().pid() + " ", "(STORE_LOCKED)");
    }
  }

  @Test
  void copy_noStoreThere_saysSoAndMakesNone() {
    Path none = folder.resolve("none");
    Rag.Result result =
        copy(Map.of(), "--from", none.toString(), "--to", folder.resolve("copy").toString());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(Commands.said(result)).containsExactly("rag: --from: there is no store in " + none);
    assertThat(Files.exists(none)).isFalse();
  }

  @Test
  void copy_milvusAway_exitsWith3() {
    // Nothing listens on port 1.
    Rag.Result result =
        copy(Map.of(), "--from", data.toString(), "--to", "http://127.0.0.1:1", "notes");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
    assertThat(Commands.said(result))
        .containsExactly("rag: Milvus at 127.0.0.1:1 cannot be reached (STORE_UNAVAILABLE)");
  }

  @Test
  void copy_wrongUsage_isSaidInOneLine() {
    String from = data.toString();
    assertUsage(copy(Map.of(), "--from", from), "'--to=ADDRESS'; see: rag corpus copy --help");
    assertUsage(copy(Map.of(), "--from", from, "--to", from + "/."), "are the same store");
    assertUsage(copy(Map.of(), "--from", from, "--to", "x", "a/b"), "'a/b' is no corpus");
    assertUsage(
        copy(Map.of("RAGLINE_TO_TOKN", "x"), "--from", from, "--to", "http://127.0.0.1:1"),
        "the environment's RAGLINE_TO_TOKN is not known; did you mean RAGLINE_TO_TOKEN?");
    assertUsage(
        copy(Map.of(), "--from", from, "--from-token", "x", "--to", "x"),
        "--from: store.token is for Milvus only");
  }

  private static void assertUsage(Rag.Result result, String message) {
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(Commands.said(result)).hasSize(1);
    assertThat(Commands.said(result).getFirst()).contains(message);
  }
}
