package dev.ragline.client.cli;

import static dev.ragline.client.cli.CommandLineHarness.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.client.cli.CommandLineHarness.Ended;
import dev.ragline.client.fake.Errors;
import dev.ragline.client.fake.FakeDocuments;
import dev.ragline.v1.Chunking;
import dev.ragline.v1.Consistency;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.Metric;
import dev.ragline.v1.UploadDocumentRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class IngestCommandTest {
  private final CommandLineHarness rag = new CommandLineHarness();

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    put("a.md", "# A\n\none\n\ntwo");
    put("sub/b~c.txt", "# B\n\none");
    put("sub/deep/d.markdown", "# D");
    put("sub/.hidden.md", "no");
    put(".git/e.md", "no");
    put("image.png", "no");
  }

  @AfterEach
  void close() {
    rag.close();
  }

  @Test
  void ingest_folder_uploadsWhatIsText() {
    Ended ended = ingest();

    assertGolden("ingest", ended);
    assertThat(rag.server.documents.held)
        .containsOnlyKeys(
            "corpora/c/documents/a.md",
            "corpora/c/documents/sub~b%7Ec.txt",
            "corpora/c/documents/sub~deep~d.markdown");
    assertThat(held("sub~b%7Ec.txt").document().getUri()).isEqualTo("sub/b~c.txt");
  }

  @Test
  void ingest_json_lastLineIsTheSum() {
    Ended first = ingest("--json");
    assertThat(first.outLines()).hasSize(4);
    assertThat(first.outLines().get(0))
        .contains("\"name\":\"corpora/c/documents/a.md\"")
        .contains("\"receipt\":{\"added\":3,");
    assertThat(first.lastOutLine())
        .startsWith(
            "{\"receipt\":{\"added\":6,\"changed\":0,\"unchanged\":0,\"removed\":0,\"embedded\":6,")
        .matches(".*,\"consistencyToken\":\"written-[0-9a-f]{64}\"},\"warnings\":\\[]}");

    assertThat(ingest("--json").lastOutLine())
        .startsWith(
            "{\"receipt\":{\"added\":0,\"changed\":0,\"unchanged\":6,\"removed\":0,\"embedded\":0,");
  }

  @Test
  void ingest_jsonAndPrune_sumHoldsTheTokenOfTheDeletion() throws IOException {
    ingest();
    Files.delete(folder.resolve("a.md"));

    assertThat(ingest("--json", "--prune").lastOutLine())
        .contains("\"removed\":3")
        .contains("\"consistencyToken\":\"deleted\"");
  }

  @Test
  void ingest_settingsAsked_createTheCorpusWithThemAndHoldItToThem() {
    assertThat(ingest("--metric", "cosine", "--consistency", "Strong").exitCode()).isZero();
    assertThat(corpus().getMetric()).isEqualTo(Metric.METRIC_COSINE);
    assertThat(corpus().getConsistency()).isEqualTo(Consistency.CONSISTENCY_STRONG);
    assertThat(ingest("--metric", "cosine").exitCode()).isZero();

    assertThat(ingest("--metric", "l2"))
        .isEqualTo(
            new Ended(
                1,
                "",
                "rag: corpus c measures by cosine, not by l2; --recreate builds it anew"
                    + " (METRIC_MISMATCH)\n"));
    assertThat(ingest("--consistency", "session"))
        .isEqualTo(
            new Ended(
                1,
                "",
                "rag: the consistency of corpus c is strong, not session; --recreate builds it"
                    + " anew (CONSISTENCY_MISMATCH)\n"));
    assertThat(corpus().getLanguage()).isEqualTo("auto");
    assertThat(ingest("--language", "auto").exitCode()).isZero();
    assertThat(ingest("--language", "de"))
        .isEqualTo(
            new Ended(
                1,
                "",
                "rag: the language of corpus c is auto, not de; --recreate builds it anew"
                    + " (LANGUAGE_MISMATCH)\n"));
    assertThat(ingest("--metric", "near").exitCode()).isEqualTo(2);

    assertThat(ingest("--recreate", "--metric", "l2", "--language", "de").exitCode()).isZero();
    assertThat(corpus().getLanguage()).isEqualTo("de");
    assertThat(ingest("--language", "de-AT").exitCode()).isZero();
    assertThat(corpus().getMetric()).isEqualTo(Metric.METRIC_L2);
    assertThat(corpus().getConsistency()).isEqualTo(Consistency.CONSISTENCY_SESSION);
  }

  @Test
  void ingest_chunkingAsked_createsTheCorpusWithItAndHoldsItTo() {
    assertThat(ingest("--chunking", "separator", "--separator", "# ").exitCode()).isZero();
    assertThat(chunking().getSeparator().getSeparator()).isEqualTo("# ");
    assertThat(ingest("--chunking", "separator").exitCode()).isZero();
    assertThat(ingest().exitCode()).isZero();

    assertGolden("ingest-other-chunking", ingest("--chunking", "fixed", "--max-tokens", "64"));

    Ended anew =
        ingest("--chunking", "fixed", "--max-tokens", "64", "--overlap", "8", "--recreate");
    assertThat(anew.exitCode()).isZero();
    assertThat(chunking().getFixed().getOverlapTokens()).isEqualTo(8);
  }

  @Test
  void ingest_badFiles_doNotStopTheOthers() throws IOException {
    put("empty.md", "");
    Files.write(folder.resolve("latin1.md"), new byte[] {'a', (byte) 0xe9, 'b'});
    Files.createSymbolicLink(folder.resolve("nowhere.md"), folder.resolve("gone.md"));

    Ended ended = ingest("--json");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.lastOutLine()).startsWith("{\"receipt\":{\"added\":6,");
    assertThat(ended.err().lines().filter(line -> line.startsWith("rag: ")))
        .containsExactly(
            "rag: " + folder + "/latin1.md: content: is not UTF-8 (INVALID_FIELD)",
            "rag: "
                + folder
                + "/nowhere.md: cannot be read: it is not there, or links to something that is not",
            "rag: 2 of 6 documents failed, 4 are in",
            "rag: nothing to read in 1 document, so nothing is found of them: empty.md");
  }

  @Test
  void ingest_emptiedFiles_takeThePlaceOfWhatWasAndAreNamed() throws IOException {
    ingest();
    put("a.md", "");
    put("sub/deep/d.markdown", " \n");

    Ended ended = ingest("--prune");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("4 removed");
    assertThat(ended.err())
        .endsWith(
            "rag: nothing to read in 2 documents, so nothing is found of them: a.md,"
                + " sub/deep/d.markdown\n");
    assertThat(held("a.md").document().getChunkCount()).isZero();
    for (int i = 0; i < 9; i++) {
      put("empty%d.md".formatted(i), "");
    }
    assertThat(ingest().err())
        .endsWith(
            "11 documents, so nothing is found of them: a.md, empty0.md, empty1.md,"
                + " empty2.md, empty3.md and 6 more\n");
  }

  @Test
  void ingest_frontMatterThatDoesNotFit_isSaidAndNoFailure() throws IOException {
    put("soon.md", "---\nweight: soon\n---\ntext");

    Ended ended = ingest();

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err())
        .contains(
            "rag: "
                + folder
                + "/soon.md: warning: weight 'soon' is not a INT (FRONT_MATTER_IGNORED)\n");
  }

  @Test
  void ingest_tooManyUploadsForAWhile_waitsAndGetsAllIn() {
    for (int refusal = 0; refusal < 5; refusal++) {
      rag.server.documents.uploadFailures.add(Errors.tooManyUploads(Duration.ofMillis(1)));
    }

    Ended ended = ingest();

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(rag.server.documents.held).hasSize(3);
  }

  @Test
  void ingest_tooManyUploadsBeyondTheTimeout_isSaid() {
    for (int refusal = 0; refusal < 3; refusal++) {
      rag.server.documents.uploadFailures.add(Errors.tooManyUploads(Duration.ofHours(1)));
    }

    Ended ended = ingest("--timeout", "1m");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err())
        .contains("a.md: too many uploads at once; try again in 1h (TOO_MANY_UPLOADS)");
  }

  @Test
  void ingest_linksInACircle_areFollowedOnce() throws IOException {
    Files.createSymbolicLink(folder.resolve("sub/up"), folder);

    assertThat(ingest().exitCode()).isZero();
    assertThat(rag.server.documents.held).hasSize(3);
  }

  @Test
  void ingest_twoPathsOneId_namesBoth() throws IOException {
    put("sub/a.md", "# other");

    Ended ended =
        rag.run("ingest", folder.resolve("a.md").toString(), folder + "/sub/a.md", "--corpus", "c");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .contains(folder + "/a.md and " + folder + "/sub/a.md would both be the document a.md");
    assertThat(rag.server.corpora.held).isEmpty();
  }

  @Test
  void ingest_vanishedDocuments_stayUnlessPruned() throws IOException {
    ingest();
    Files.delete(folder.resolve("a.md"));

    assertThat(ingest().err()).contains("in the corpus but not in what was given: 1 document;");
    assertThat(rag.server.documents.held).hasSize(3);

    assertGolden("ingest-prune", ingest("--prune"));
    assertThat(rag.server.documents.held).hasSize(2);
  }

  @Test
  void ingest_serverLostInTheMiddle_saysWhatIsAcknowledged() {
    rag.server.documents.uploads =
        responses ->
            new StreamObserver<>() {
              @Override
              public void onNext(UploadDocumentRequest message) {
                if (message.hasHeader()) {
                  responses.onError(Status.UNAVAILABLE.asRuntimeException());
                }
              }

              @Override
              public void onError(Throwable failure) {}

              @Override
              public void onCompleted() {}
            };

    Ended ended = ingest("--json");

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.err()).contains("0 of 3 documents are acknowledged");
    assertThat(ended.lastOutLine()).contains("\"added\":0");
  }

  @Test
  void ingest_storeLostInTheMiddle_saysWhatIsIn() {
    StatusRuntimeException lost = Errors.storeUnavailable();
    rag.server.documents.uploadFailures.add(lost);
    rag.server.documents.listFailure = lost;

    Ended ended = ingest("--json");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.outLines()).hasSize(3);
    assertThat(ended.lastOutLine()).startsWith("{\"receipt\":{\"added\":");
    assertThat(ended.err())
        .contains("rag: 1 of 3 documents failed, 2 are in\n")
        .endsWith("rag: the store is away; try again in 1s (STORE_UNAVAILABLE)\n");
  }

  @Test
  void ingest_onATerminal_drawsABar() {
    Ended ended =
        rag.run(
            rag.shell(new Shell.Terminals(false, true)),
            "ingest",
            folder.toString(),
            "--corpus",
            "c");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.err()).contains("100%").contains("3/3").doesNotContain("a.md");
  }

  @Test
  void ingest_nothingToIngestOrNotThere_isSaid() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertThat(rag.run("ingest", empty.toString(), "--corpus", "c").exitCode()).isEqualTo(1);
    assertThat(rag.run("ingest", folder + "/gone", "--corpus", "c").exitCode()).isEqualTo(2);
    assertThat(rag.server.corpora.held).isEmpty();
  }

  @Test
  void ingest_optionsThatDoNotGoTogether_areWrongUsage() {
    assertThat(ingest("--separator", "x").exitCode()).isEqualTo(2);
    assertThat(ingest("--chunking", "separator", "--max-tokens", "9").exitCode()).isEqualTo(2);
    assertThat(ingest("--overlap", "9").exitCode()).isEqualTo(2);
    assertThat(rag.run("ingest", folder + "/a.md", "--corpus", "c", "--prune").exitCode())
        .isEqualTo(2);
  }

  private Ended ingest(String... more) {
    String[] arguments = new String[more.length + 4];
    arguments[0] = "ingest";
    arguments[1] = folder.toString();
    arguments[2] = "--corpus";
    arguments[3] = "c";
    System.arraycopy(more, 0, arguments, 4, more.length);
    return rag.run(arguments);
  }

  private Chunking chunking() {
    return corpus().getChunking();
  }

  private Corpus corpus() {
    return Objects.requireNonNull(rag.server.corpora.held.get("corpora/c"));
  }

  private FakeDocuments.Held held(String id) {
    return Objects.requireNonNull(rag.server.documents.held.get("corpora/c/documents/" + id));
  }

  private void put(String place, String text) throws IOException {
    Path file = folder.resolve(place);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }
}
