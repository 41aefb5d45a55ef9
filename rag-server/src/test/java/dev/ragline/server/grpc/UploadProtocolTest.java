package dev.ragline.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.rpc.RetryInfo;
import dev.ragline.document.Sha256;
import dev.ragline.v1.GetDocumentRequest;
import dev.ragline.v1.ListDocumentsRequest;
import dev.ragline.v1.UploadDocumentRequest;
import dev.ragline.v1.UploadDocumentResponse;
import dev.ragline.v1.UploadHeader;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused in an upload. One place only, so that any upload that keeps it is noticed. */
class UploadProtocolTest {
  private static final String DOCUMENT = "corpora/faq/documents/a.md";
  private static final int MAX_BYTES = 1000;

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.in(folder).withLimits(MAX_BYTES, 1).start();
    server.createCorpus("faq");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Failure requireRefused(UploadCall call, Status.Code code) {
    Failure failure = Failure.of(call::await);
    assertThat(failure.code()).as(failure.message()).isEqualTo(code);
    assertThat(
            server
                .documents()
                .listDocuments(ListDocumentsRequest.newBuilder().setParent("corpora/faq").build())
                .getDocumentsList())
        .isEmpty();
    requirePlaceIsFree();
    return failure;
  }

  private void requirePlaceIsFree() {
    assertThat(server.upload(DOCUMENT, "# After\n\nIt goes on.\n").getReceipt().getAdded())
        .isEqualTo(1);
  }

  static Stream<Arguments> refused() {
    byte[] data = "some text".getBytes(UTF_8);
    String digest = Sha256.of(data).hex();
    String other = Sha256.of("other").hex();
    return Stream.of(
        refusal("a block before the header", "block", call -> call.block(0, data)),
        refusal("a commit before the header", "commit", call -> call.commit(0, "")),
        refusal(
            "an empty message",
            "message",
            call -> call.send(UploadDocumentRequest.getDefaultInstance())),
        refusal("a second header", "header", call -> call.header(DOCUMENT).header(DOCUMENT)),
        refusal(
            "a header after the commit",
            "header",
            call -> call.header(DOCUMENT).block(0, data).commit().header(DOCUMENT)),
        refusal(
            "a block after the commit",
            "block",
            call -> call.header(DOCUMENT).block(0, data).commit().block(data.length, data)),
        refusal(
            "a second commit",
            "commit",
            call -> call.header(DOCUMENT).block(0, data).commit().commit()),
        refusal(
            "another size",
            "commit.size",
            call -> call.header(DOCUMENT).block(0, data).commit(data.length + 1, digest)),
        refusal(
            "another digest",
            "commit.sha256",
            call -> call.header(DOCUMENT).block(0, data).commit(data.length, other)),
        refusal(
            "no digest",
            "commit.sha256",
            call -> call.header(DOCUMENT).block(0, data).commit(data.length, "abc")),
        refusal(
            "a negative size",
            "commit.size",
            call -> call.header(DOCUMENT).block(0, data).commit(-1, digest)),
        refusal("a negative offset", "block.offset", call -> call.header(DOCUMENT).block(-1, data)),
        refusal(
            "an empty block", "block.data", call -> call.header(DOCUMENT).block(0, new byte[0])),
        refusal(
            "a block over 1 MiB",
            "block.data",
            call -> call.header(DOCUMENT).block(0, new byte[(1 << 20) + 1])),
        refusal(
            "over the limit",
            "content",
            call -> call.header(DOCUMENT).block(0, new byte[MAX_BYTES]).block(MAX_BYTES, data)),
        refusal(
            "no document",
            "header.document",
            call -> call.header(UploadHeader.getDefaultInstance())),
        refusal("the name of a corpus", "header.document", call -> call.header("corpora/faq")),
        refusal(
            "a name that cannot be",
            "header.document",
            call -> call.header("corpora/faq/documents/\t")),
        refusal(
            "an unknown media type",
            "header.media_type",
            call -> call.header(header().setMediaType("application/pdf").build())),
        refusal(
            "a media type without end",
            "header.media_type",
            call -> call.header(header().setMediaType("x".repeat(201)).build())),
        refusal(
            "a title without end",
            "header.title",
            call -> call.header(header().setTitle("x".repeat(1001)).build())),
        refusal(
            "a URI without end",
            "header.uri",
            call -> call.header(header().setUri("x".repeat(2001)).build())));
  }

  private static UploadHeader.Builder header() {
    return UploadHeader.newBuilder().setDocument(DOCUMENT);
  }

  private static Arguments refusal(String what, String field, Consumer<UploadCall> messages) {
    return arguments(what, field, messages);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void upload_messageThatIsWrong_isRefusedAtOnceByItsField(
      String what, String field, Consumer<UploadCall> messages) {
    UploadCall call = server.upload();
    messages.accept(call);
    Failure failure = requireRefused(call, Status.Code.INVALID_ARGUMENT);
    assertThat(failure.fields()).as(what + ": " + failure.message()).containsExactly(field);
  }

  static Stream<Arguments> refusedContents() {
    byte[] notUtf8 = "good \uFFFD".getBytes(UTF_8);
    notUtf8[5] = (byte) 0xFF;
    return Stream.of(
        arguments("not UTF-8", notUtf8, "5"),
        arguments("cut within a character", new byte[] {'a', (byte) 0xE2, (byte) 0x82}, "1"),
        arguments("a surrogate", new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, "0"),
        arguments("a NUL", "be\0fore".getBytes(UTF_8), "2"),
        arguments("an overlong NUL", new byte[] {'x', (byte) 0xC0, (byte) 0x80}, "1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedContents")
  void upload_contentThatIsNoText_isRefusedWithTheOffset(
      String what, byte[] content, String offset) {
    UploadCall call = server.upload().header(DOCUMENT);
    if (content.length > 0) {
      call.block(0, content);
    }
    call.commit();
    Failure failure = Failure.of(call::finish);
    assertThat(failure.code()).as(what).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.fields()).containsExactly("content");
    assertThat(failure.message()).containsPattern("\\b" + offset + "\\b");
    requirePlaceIsFree();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\t\n", "---\ntitle: T\n---\n", "<!-- gone -->"})
  void upload_nothingToRead_takesThePlaceOfWhatWas(String content) {
    String document = "corpora/faq/documents/emptied.md";
    var _ = server.upload(document, "The mill stands by the river.");

    UploadDocumentResponse response = server.upload(document, content);

    assertThat(response.getDocument().getChunkCount()).isZero();
    assertThat(response.getDocument().getSize()).isEqualTo(content.length());
    assertThat(response.getReceipt().getRemoved()).isEqualTo(1);
    requirePlaceIsFree();
  }

  @Test
  void upload_gapOrRepetition_tellsTheCommittedSize() {
    for (long offset : new long[] {4, 6, 0, Long.MAX_VALUE}) {
      UploadCall call = server.upload().header("corpora/faq/documents/b").blocks("12345");
      call.block(offset, new byte[] {'x'});
      Failure failure = Failure.of(call::await);
      assertThat(failure.code()).isEqualTo(Status.Code.OUT_OF_RANGE);
      assertThat(failure.reason()).isEqualTo("UPLOAD_GAP");
      assertThat(failure.fact("committed_size")).isEqualTo("5");
    }
    requirePlaceIsFree();
  }

  @Test
  void upload_withoutCommit_isRefused() {
    Failure failure =
        Failure.of(() -> server.upload().header(DOCUMENT).blocks("some text").finish());
    assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.fields()).containsExactly("commit");
    requirePlaceIsFree();
  }

  @Test
  void upload_withoutAnyMessage_isRefused() {
    Failure failure = Failure.of(() -> server.upload().finish());
    assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    requirePlaceIsFree();
  }

  @Test
  void upload_unknownCorpus_isRefusedAtTheHeader() {
    UploadCall call = server.upload().header("corpora/none/documents/a.md");
    Failure failure = requireRefused(call, Status.Code.NOT_FOUND);
    assertThat(failure.resource()).isEqualTo("corpora/none");
  }

  @Test
  void upload_allPlacesTaken_isRefusedForNowAndWorksAfterwards() {
    UploadCall first = hold();
    Failure failure =
        Failure.of(server.upload().header("corpora/faq/documents/b").blocks("more")::await);
    assertThat(failure.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(failure.reason()).isEqualTo("TOO_MANY_UPLOADS");
    assertThat(failure.detail(RetryInfo.class).getRetryDelay().getSeconds()).isPositive();
    assertThat(first.commit().finish().getReceipt().getAdded()).isEqualTo(1);
    assertThat(server.upload("corpora/faq/documents/b", "more").getReceipt().getAdded())
        .isEqualTo(1);
  }

  /** An upload in the middle, of which is known that it has the place. */
  private UploadCall hold() {
    while (true) {
      UploadCall call = server.upload().header(DOCUMENT).blocks("half of it");
      while (!call.isDone()) {
        UploadCall other = server.upload().header("corpora/faq/documents/c").blocks("probe");
        Failure probe = Failure.of(other::finish);
        if (probe.code() == Status.Code.RESOURCE_EXHAUSTED) {
          return call;
        }
      }
      // The probe came first and had the place when this upload asked for it.
    }
  }

  @Test
  void upload_cancelledInTheMiddle_leavesNothingAndGivesItsPlaceBack() {
    for (int i = 0; i < 20; i++) {
      hold().cancel();
      awaitFree(i);
    }
  }

  /** A cancel travels; until it has arrived the server may say that it is full. */
  private void awaitFree(int round) {
    String document = "corpora/faq/documents/round-" + round;
    while (true) {
      UploadCall call = server.upload().header(document).blocks("text " + round).commit();
      Failure failure;
      try {
        assertThat(call.finish().getReceipt().getAdded()).isEqualTo(1);
        break;
      } catch (StatusRuntimeException e) {
        failure = Failure.of(e);
      }
      assertThat(failure.reason()).isEqualTo("TOO_MANY_UPLOADS");
    }
    Failure half =
        Failure.of(
            () ->
                server
                    .documents()
                    .getDocument(GetDocumentRequest.newBuilder().setName(DOCUMENT).build()));
    assertThat(half.code()).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void upload_etagOfAnotherState_isAborted() {
    String etag = server.upload(DOCUMENT, "# One\n\nFirst.\n").getDocument().getEtag();
    var _ = server.upload(DOCUMENT, "# One\n\nSecond.\n");
    UploadCall late = server.upload().header(header().setEtag(etag).build());
    Failure failure = Failure.of(() -> late.blocks("# One\n\nThird.\n").commit().finish());
    assertThat(failure.code()).isEqualTo(Status.Code.ABORTED);
    assertThat(failure.reason()).isEqualTo("ETAG_MISMATCH");
    assertThat(failure.resource()).isEqualTo(DOCUMENT);
  }

  @Test
  void upload_sameAgain_changesNothing() {
    UploadDocumentResponse first = server.upload(DOCUMENT, "# One\n\nFirst.\n");
    UploadDocumentResponse second = server.upload(DOCUMENT, "# One\n\nFirst.\n");
    assertThat(second.getDocument()).isEqualTo(first.getDocument());
    assertThat(second.getReceipt().getUnchanged()).isEqualTo(1);
    assertThat(second.getReceipt().getEmbedded()).isZero();
  }
}
