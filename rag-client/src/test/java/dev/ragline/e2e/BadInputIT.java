package dev.ragline.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.rpc.BadRequest.FieldViolation;
import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.v1.AskRequest;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users get wrong: each ends with its exit code and one line that says what to mend. */
class BadInputIT {
  private static final int MAX_BYTES = 10_000;

  @TempDir static Path store;
  @TempDir Path folder;
  private static ServerProcess server;

  @BeforeAll
  static void start() {
    server =
        ServerProcess.start(
            store, Map.of("RAGLINE_INGEST_MAX_DOCUMENT_BYTES", Integer.toString(MAX_BYTES)));
    assertThat(server.rag("ingest", guide(), "--corpus", "guide").exitCode()).isZero();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String guide() {
    return Rag.root().resolve("docs/guide/citations.md").toString();
  }

  private static void requireOneLine(Rag.Result result, int exitCode, String... words) {
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    assertThat(result.err().lines()).as(result.err()).hasSize(1);
    assertThat(result.err()).startsWith("rag: ").contains(words);
    assertThat(result.err()).hasSizeLessThan(1000).doesNotContain("Exception");
    assertThat(result.out()).isEmpty();
  }

  private String file(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content).toString();
  }

  @Test
  void ask_unknownCorpus_saysSo() {
    requireOneLine(
        server.rag("ask", "Why?", "--corpus", "none"),
        1,
        "there is no corpus none",
        "(CORPUS_NOT_FOUND)");
  }

  @Test
  void ask_emptyQuestion_isWrongUsage() {
    requireOneLine(server.rag("ask", "", "--corpus", "guide"), 2, "the question is empty");
    requireOneLine(server.rag("ask", " \t\n ", "--corpus", "guide"), 2, "the question is empty");
  }

  @Test
  void ask_badOption_isWrongUsage() {
    requireOneLine(server.rag("ask", "Why?"), 2, "--corpus");
    requireOneLine(server.rag("ask", "Why?", "--corpus", "a/b"), 2, "'a/b'");
    requireOneLine(server.rag("ask", "Why?", "--corpus", "guide", "--limit", "many"), 2, "many");
    requireOneLine(server.rag("asq", "Why?", "--corpus", "guide"), 2, "did you mean", "ask");
  }

  @Test
  void ask_corpusIdThatCannotBe_isRefusedByTheServer() {
    requireOneLine(server.rag("ask", "Why?", "--corpus", "a b"), 1, "corpus", "(INVALID_FIELD)");
  }

  @Test
  void ask_questionOf100Kilobytes_isRefusedByItsField() {
    requireOneLine(
        server.rag("ask", "why ".repeat(25_000), "--corpus", "guide"),
        1,
        "question",
        "16384",
        "(INVALID_FIELD)");
  }

  @Test
  void ask_questionOf1Megabyte_isRefusedByItsField() {
    try (RagClient client =
        RagClient.builder(server.address()).deadline(Duration.ofSeconds(30)).build()) {
      AskRequest request =
          AskRequest.newBuilder()
              .setCorpus("corpora/guide")
              .setQuestion("x".repeat(1 << 20))
              .build();
      RagClientException failure =
          catchThrowableOfType(RagClientException.class, () -> client.ask(request));
      assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(failure.fields()).extracting(FieldViolation::getField).containsExactly("question");
      assertThat(client.getCorpus("corpora/guide").getDocumentCount()).isEqualTo(1);
    }
  }

  @Test
  void ingest_badFilesBesideGoodOnes_failsByNameAndKeepsTheGood() throws IOException {
    var _ = file("docs/good.md", "# Good\n\nThe mill stands by the river.\n".getBytes(UTF_8));
    var _ = file("docs/latin.txt", new byte[] {'c', 'a', 'f', (byte) 0xE9, '\n'});
    var _ = file("docs/empty.md", new byte[0]);
    var _ = file("docs/large.txt", "word ".repeat(MAX_BYTES / 5 + 1).getBytes(UTF_8));
    Files.createSymbolicLink(folder.resolve("docs/gone.md"), folder.resolve("nowhere.md"));
    Rag.Result result =
        server.rag("ingest", folder.resolve("docs").toString(), "--corpus", "mixed");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err().lines().toList())
        .as(result.err())
        .anySatisfy(line -> assertThat(line).contains("latin.txt", "UTF-8", "3"))
        .anySatisfy(line -> assertThat(line).contains("nothing to read", "empty.md"))
        .anySatisfy(line -> assertThat(line).contains("large.txt", "at most " + MAX_BYTES))
        .anySatisfy(line -> assertThat(line).contains("gone.md", "cannot be read"))
        .anySatisfy(line -> assertThat(line).contains("3 of 5 documents failed"));
    assertThat(result.err()).doesNotContain("Exception");
    assertThat(result.out()).contains("1 chunks added", "2 of 5 documents");
    Rag.Result answer = server.rag("ask", "Where does the mill stand?", "--corpus", "mixed");
    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(answer.out()).contains("by the river");
  }

  @Test
  void ingest_emptiedFile_answersNoMore() throws IOException {
    var _ = file("pages/mill.md", "# Mill\n\nThe mill stands by the river.\n".getBytes(UTF_8));
    var _ = file("pages/yard.md", "# Yard\n\nThe yard has two gates.\n".getBytes(UTF_8));
    String pages = folder.resolve("pages").toString();
    assertThat(server.rag("ingest", pages, "--corpus", "pages").exitCode()).isZero();
    var _ = file("pages/mill.md", "---\ntitle: Mill\n---\n".getBytes(UTF_8));

    Rag.Result emptied = server.rag("ingest", pages, "--corpus", "pages", "--prune");

    assertThat(emptied.exitCode()).as(emptied.err()).isZero();
    assertThat(emptied.out()).contains("1 unchanged, 1 removed");
    assertThat(emptied.err()).contains("nothing to read in 1 document", "mill.md");
    assertThat(server.rag("search", "mill by the river", "--corpus", "pages").out())
        .doesNotContain("by the river");
  }

  @Test
  void ingest_missingPath_isWrongUsage() {
    requireOneLine(
        server.rag("ingest", guide(), folder.resolve("none").toString(), "--corpus", "unmade"),
        2,
        "there is no file or folder",
        "none");
    requireOneLine(server.rag("corpus", "show", "unmade"), 1, "there is no corpus unmade");
  }

  @Test
  void ingest_folderWithNothingToRead_saysSo() throws IOException {
    var _ = file("docs/image.png", new byte[] {1});
    requireOneLine(
        server.rag("ingest", folder.resolve("docs").toString(), "--corpus", "none"), 1, "no *.md");
  }

  @Test
  void anyCommand_noServer_isNotReachable() {
    for (String[] command :
        new String[][] {
          {"ask", "Why?", "--corpus", "guide"},
          {"search", "Why?", "--corpus", "guide"},
          {"ingest", guide(), "--corpus", "guide"},
          {"corpus", "list"}
        }) {
      Rag.Result result = Rag.run(Map.of("RAGLINE_SERVER", "127.0.0.1:1"), command);
      requireOneLine(result, 3, "cannot reach a Ragline server at 127.0.0.1:1", "rag serve");
    }
  }

  /** Permission bits do not bind root, so the command runs as nobody where the test is root. */
  @Test
  void ingest_folderWithoutTheRightToReadIt_failsByNameAndKeepsTheRest() throws Exception {
    Path open = Files.createTempDirectory("rag-rights");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path locked = Files.createDirectory(open.resolve("locked"));
    Files.writeString(locked.resolve("secret.md"), "# Secret\n\nNobody reads this.\n");
    Files.writeString(open.resolve("free.md"), "# Free\n\nEverybody reads this.\n");
    Files.writeString(open.resolve("mine.md"), "# Mine\n\nOnly I read this.\n");
    Files.setPosixFilePermissions(
        open.resolve("mine.md"), PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
    List<String> command = new ArrayList<>();
    if (Files.isReadable(locked)) {
      assumeTrue(
          canDropRights(), "root may read everything and setpriv is not there: install util-linux");
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }
    command.addAll(
        List.of(Rag.launcher().toString(), "ingest", open.toString(), "--corpus", "rights"));
    Rag.Result result = Commands.run(Map.of("RAGLINE_SERVER", server.address()), command);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.err().lines().toList())
        .as(result.err())
        .anySatisfy(line -> assertThat(line).contains("locked", "no right to read it"))
        .anySatisfy(line -> assertThat(line).contains("mine.md", "no right to read it"));
    assertThat(result.out()).contains("1 of 2 documents");
  }

  private static boolean canDropRights() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "setpriv --reuid=65534 --regid=65534 --clear-groups test -x \"$0\"",
                Rag.launcher().toString())
            .start();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
