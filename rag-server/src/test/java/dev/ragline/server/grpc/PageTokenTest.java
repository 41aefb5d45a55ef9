package dev.ragline.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.longrunning.ListOperationsRequest;
import com.google.longrunning.OperationsGrpc;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.ragline.v1.Chunk;
import dev.ragline.v1.Chunking;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.CreateCorpusRequest;
import dev.ragline.v1.DeleteCorpusRequest;
import dev.ragline.v1.ListChunksRequest;
import dev.ragline.v1.ListChunksResponse;
import dev.ragline.v1.ListCorporaRequest;
import dev.ragline.v1.ListDocumentsRequest;
import dev.ragline.v1.MetadataField;
import dev.ragline.v1.MetadataType;
import dev.ragline.v1.SeparatorChunking;
import dev.ragline.v1.UploadHeader;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page token goes on with the list that it was given for, and with no other. */
class PageTokenTest {
  private static final String TEXT = "# A\n\nOne.\n\n# B\n\nTwo.\n\n# C\n\nThree.\n";

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.in(folder).start();
    for (String corpus : List.of("a", "b")) {
      create(corpus, Corpus.getDefaultInstance());
      for (String document : List.of("x.md", "y.md")) {
        var _ = server.upload(name(corpus, document), TEXT);
      }
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void create(String id, Corpus settings) {
    Corpus.Builder withTeam =
        settings.toBuilder()
            .addMetadataSchema(
                MetadataField.newBuilder()
                    .setName("team")
                    .setType(MetadataType.METADATA_TYPE_STRING));
    var _ =
        server
            .corpora()
            .createCorpus(
                CreateCorpusRequest.newBuilder().setCorpusId(id).setCorpus(withTeam).build());
  }

  private static String name(String corpus, String document) {
    return "corpora/" + corpus + "/documents/" + document;
  }

  private String corpora(String token) {
    return server
        .corpora()
        .listCorpora(ListCorporaRequest.newBuilder().setPageSize(1).setPageToken(token).build())
        .getNextPageToken();
  }

  private String documents(String corpus, String token) {
    return server
        .documents()
        .listDocuments(
            ListDocumentsRequest.newBuilder()
                .setParent("corpora/" + corpus)
                .setPageSize(1)
                .setPageToken(token)
                .build())
        .getNextPageToken();
  }

  private ListChunksResponse chunks(String document, String token) {
    return server
        .documents()
        .listChunks(
            ListChunksRequest.newBuilder()
                .setParent(document)
                .setPageSize(1)
                .setPageToken(token)
                .build());
  }

  private static Failure refused(ThrowingCallable call) {
    Failure failure = Failure.of(call);
    assertThat(failure.code()).as(failure.message()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.fields()).containsExactly("page_token");
    return failure;
  }

  @Test
  void token_ofAnotherList_isRefused() {
    String ofCorpora = corpora("");
    String ofDocuments = documents("a", "");
    String ofChunks = chunks(name("a", "x.md"), "").getNextPageToken();
    assertThat(List.of(ofCorpora, ofDocuments, ofChunks))
        .doesNotContain("")
        .doesNotHaveDuplicates();

    var _ = refused(() -> documents("b", ofDocuments));
    var _ = refused(() -> documents("a", ofCorpora));
    var _ = refused(() -> documents("a", ofChunks));
    var _ = refused(() -> corpora(ofDocuments));
    var _ = refused(() -> chunks(name("a", "y.md"), ofChunks));
    var _ = refused(() -> chunks(name("b", "x.md"), ofChunks));
    var _ = refused(() -> chunks(name("a", "x.md"), ofDocuments));
    Failure operations =
        refused(
            () ->
                OperationsGrpc.newBlockingStub(server.channel())
                    .listOperations(
                        ListOperationsRequest.newBuilder().setPageToken(ofCorpora).build()));
    assertThat(operations.message()).contains("is of another list");

    assertThat(documents("a", ofDocuments)).isNotEmpty();
    assertThat(chunks(name("a", "x.md"), ofChunks).getChunks(0).getOrdinal()).isOne();
  }

  @Test
  void token_thatWasNeverGiven_isRefused() {
    String given = documents("a", "");
    byte[] bytes = Base64.getUrlDecoder().decode(given);
    for (String token :
        List.of(
            "x",
            "*",
            given.substring(0, 20),
            given + "=".repeat(2000),
            Base64.getUrlEncoder().encodeToString("x.md".getBytes(UTF_8)),
            Base64.getUrlEncoder().encodeToString(Arrays.copyOf(bytes, 33)))) {
      var _ = refused(() -> documents("a", token));
    }
  }

  @Test
  void token_ofTheLongestName_isShortAndFitForAddresses() {
    var _ = server.upload(name("a", "\u00e9".repeat(256)), "Text.");
    String token = "";
    int longest = 0;
    do {
      token = documents("a", token);
      assertThat(token).matches("[A-Za-z0-9_-]*");
      longest = Math.max(longest, token.length());
    } while (!token.isEmpty());
    assertThat(longest).isBetween(512, 1024);
  }

  @Test
  void chunks_documentReplacedBetweenPages_isAborted() {
    String document = name("a", "x.md");
    String token = chunks(document, "").getNextPageToken();
    var _ = server.upload(document, TEXT.replace("Three", "Four"));
    Failure failure = Failure.of(() -> chunks(document, token));
    assertThat(failure.code()).isEqualTo(Status.Code.ABORTED);
    assertThat(failure.reason()).isEqualTo("DOCUMENT_REPLACED");
    assertThat(failure.resource()).isEqualTo(document);
    assertThat(chunks(document, "").getNextPageToken()).isNotEqualTo(token);
  }

  @Test
  void chunks_sameBytesInACorpusMadeAnew_isAborted() {
    String document = name("a", "x.md");
    String token = chunks(document, "").getNextPageToken();
    var _ =
        server
            .corpora()
            .deleteCorpus(DeleteCorpusRequest.newBuilder().setName("corpora/a").build());
    SeparatorChunking separator = SeparatorChunking.newBuilder().setSeparator("o").build();
    create(
        "a",
        Corpus.newBuilder().setChunking(Chunking.newBuilder().setSeparator(separator)).build());
    var _ = server.upload(document, TEXT);
    Failure failure = Failure.of(() -> chunks(document, token));
    assertThat(failure.reason()).isEqualTo("DOCUMENT_REPLACED");
  }

  @Test
  void chunks_otherMetadataBetweenPages_goOn() {
    String document = name("a", "x.md");
    String token = chunks(document, "").getNextPageToken();
    Struct metadata =
        Struct.newBuilder()
            .putFields("team", Value.newBuilder().setStringValue("search").build())
            .build();
    UploadHeader header =
        UploadHeader.newBuilder().setDocument(document).setMetadata(metadata).build();
    var _ = server.upload().header(header).blocks(TEXT).commit().finish();
    Chunk second = chunks(document, token).getChunks(0);
    assertThat(second.getOrdinal()).isOne();
    assertThat(second.getText()).contains("Two.");
  }
}
