package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import dev.ragline.v1.Passage;
import dev.ragline.v1.RetrieveRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passages with those of their fields that were asked for. */
class ReadMaskTest {
  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.in(folder).start();
    server.createCorpus("faq");
    var _ = server.upload("corpora/faq/documents/a.md", "# One\n\nSome text.\n");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RetrieveRequest.Builder question() {
    return RetrieveRequest.newBuilder().setCorpus("corpora/faq").setQuestion("Some text?");
  }

  private static Passage passage(String... paths) {
    FieldMask mask = FieldMask.newBuilder().addAllPaths(List.of(paths)).build();
    List<Passage> found =
        server.questions().retrieve(question().setReadMask(mask).build()).getPassagesList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  @Test
  void retrieve_someFields_bringsThoseOnly() {
    Passage.Builder expected = Passage.newBuilder().setRank(1);
    expected.getChunkBuilder().setText("# One\n\nSome text.");
    expected.getDocumentBuilder().setTitle("One");
    assertThat(passage("rank", "chunk.text", "document.title", "chunk.text"))
        .isEqualTo(expected.build());
  }

  @Test
  void retrieve_wholeMessage_bringsAllOfIt() {
    Passage whole = server.questions().retrieve(question().build()).getPassages(0);
    assertThat(whole.hasDocument()).isTrue();
    assertThat(passage("chunk", "chunk.text"))
        .isEqualTo(Passage.newBuilder().setChunk(whole.getChunk()).build());
    assertThat(passage("dense_score").hasDenseScore()).isTrue();
  }

  @Test
  void retrieve_starOrNothing_bringsEverything() {
    Passage whole = server.questions().retrieve(question().build()).getPassages(0);
    assertThat(passage("*")).isEqualTo(whole);
    assertThat(passage()).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"txt", "", "chunk.txt", "chunk.heading_path.x", "chunk.*", "a\nb", "é"})
  void retrieve_unknownField_isRefused(String path) {
    FieldMask mask = FieldMask.newBuilder().addPaths("rank").addPaths(path).build();
    Failure failure =
        Failure.of(() -> server.questions().retrieve(question().setReadMask(mask).build()));
    assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.fields()).containsExactly("read_mask");
  }

  @Test
  void retrieve_endlessUnknownField_isNamedInShort() {
    FieldMask mask = FieldMask.newBuilder().addPaths("x".repeat(100_000)).build();
    Failure failure =
        Failure.of(() -> server.questions().retrieve(question().setReadMask(mask).build()));
    assertThat(failure.message()).hasSizeLessThan(200);
  }
}
