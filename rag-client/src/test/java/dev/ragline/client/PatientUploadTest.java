package dev.ragline.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import dev.ragline.client.fake.Errors;
import dev.ragline.client.fake.FakeRagServer;
import dev.ragline.v1.UploadDocumentResponse;
import dev.ragline.v1.UploadHeader;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PatientUploadTest {
  private static final UploadHeader HEADER =
      UploadHeader.newBuilder().setDocument("corpora/c/documents/d").build();
  private static final byte[] CONTENT = "# Title".getBytes(UTF_8);
  private static final Duration SOON = Duration.ofMillis(1);
  private static final Duration LATER = Duration.ofHours(1);

  private final FakeRagServer server = new FakeRagServer();
  private final RagClient client = RagClient.builder(server.address()).build();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private void failNext(StatusRuntimeException... failures) {
    server.documents.uploadFailures.addAll(List.of(failures));
  }

  private RagClientException failure(RagClient asked) {
    return catchThrowableOfType(RagClientException.class, () -> asked.upload(HEADER, CONTENT));
  }

  @Test
  void upload_tooManyForAWhile_getsInWithItsWholeContent(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("d.md"), CONTENT);
    failNext(Errors.tooManyUploads(SOON), Errors.tooManyUploads(SOON));
    UploadDocumentResponse fromFile = client.upload(HEADER, file);
    assertThat(fromFile.getDocument().getSize()).isEqualTo(CONTENT.length);

    failNext(Errors.tooManyUploads(SOON));
    UploadDocumentResponse fromMemory = client.upload(HEADER, CONTENT);
    assertThat(fromMemory.getDocument().getSha256()).isEqualTo(fromFile.getDocument().getSha256());
    assertThat(server.documents.uploadFailures).isEmpty();
  }

  @Test
  void upload_fileIsNotThere_saysSo(@TempDir Path folder) {
    assertThatThrownBy(() -> client.upload(HEADER, folder.resolve("absent")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void upload_tooManyForLongerThanTheDeadline_failsWithTheServersWord() {
    failNext(Errors.tooManyUploads(LATER), Errors.tooManyUploads(LATER));
    try (RagClient hasty =
        RagClient.builder(server.address()).deadline(Duration.ofMinutes(1)).build()) {
      assertThat(failure(hasty).reason()).contains("TOO_MANY_UPLOADS");
    }
    assertThat(server.documents.uploadFailures).as("left after one try").hasSize(1);
  }

  @Test
  void upload_refusedForOtherReasons_isNotTriedAgain() {
    failNext(
        Errors.of(
            Status.Code.RESOURCE_EXHAUSTED,
            "DISK_FULL",
            "full",
            QuotaFailure.getDefaultInstance()));
    assertThat(failure(client).reason()).contains("DISK_FULL");

    failNext(
        Errors.of(
            Status.Code.UNAVAILABLE,
            "STORE_WRITE_FAILED",
            "failed",
            RetryInfo.getDefaultInstance()));
    assertThat(failure(client).reason()).contains("STORE_WRITE_FAILED");
  }

  @Test
  void close_whileAnUploadWaits_endsIt() {
    failNext(Errors.tooManyUploads(LATER));
    CompletableFuture<UploadDocumentResponse> upload =
        CompletableFuture.supplyAsync(() -> client.upload(HEADER, CONTENT));
    await().until(server.documents.uploadFailures::isEmpty);
    client.close();
    assertThatThrownBy(upload::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(RagClientException.class);
  }
}
