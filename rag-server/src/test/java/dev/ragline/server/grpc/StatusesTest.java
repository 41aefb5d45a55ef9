package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.ragline.document.CorpusId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusesTest {
  private static Status status(Throwable failure) {
    Status status = StatusProto.fromThrowable(Statuses.of(failure));
    assertThat(status).isNotNull();
    return status;
  }

  private static ErrorInfo info(Status status) throws InvalidProtocolBufferException {
    return status.getDetails(0).unpack(ErrorInfo.class);
  }

  @ParameterizedTest
  @EnumSource
  void of_everyCode_keepsItsNameReasonAndMessage(ErrorCode code) throws Exception {
    RagException failure = new RagException(code, "SOME_REASON", "what happened");
    Status status = status(failure);
    assertThat(io.grpc.Status.fromCodeValue(status.getCode()).getCode().name())
        .isEqualTo(code.name());
    assertThat(status.getMessage()).isEqualTo("what happened");
    assertThat(info(status).getReason()).isEqualTo("SOME_REASON");
    assertThat(info(status).getDomain()).isEqualTo("ragline.dev");
  }

  @Test
  void of_everyDetail_appearsOnceByType() throws Exception {
    Status status =
        status(
            new RagException(
                ErrorCode.INVALID_ARGUMENT,
                "R",
                "m",
                new ErrorDetail.BadField("a", "1"),
                new ErrorDetail.BadField("b", "2"),
                new ErrorDetail.Fact("k", "v"),
                new ErrorDetail.Resource("t", "n"),
                new ErrorDetail.Precondition("p", "s", "d"),
                new ErrorDetail.Quota("q", "d"),
                new ErrorDetail.Retry(Duration.ofSeconds(3))));
    assertThat(status.getDetailsList().stream().map(Any::getTypeUrl)).doesNotHaveDuplicates();
    assertThat(status.getDetailsCount()).isEqualTo(6);
    assertThat(info(status).getMetadataMap()).containsEntry("k", "v");
    assertThat(detail(status, BadRequest.class).getFieldViolationsList()).hasSize(2);
    assertThat(detail(status, ResourceInfo.class).getResourceName()).isEqualTo("n");
    assertThat(detail(status, PreconditionFailure.class).getViolations(0).getType()).isEqualTo("p");
    assertThat(detail(status, QuotaFailure.class).getViolations(0).getSubject()).isEqualTo("q");
    assertThat(detail(status, RetryInfo.class).getRetryDelay().getSeconds()).isEqualTo(3);
  }

  private static <T extends com.google.protobuf.Message> T detail(Status status, Class<T> type)
      throws InvalidProtocolBufferException {
    for (Any any : status.getDetailsList()) {
      if (any.is(type)) {
        return any.unpack(type);
      }
    }
    throw new AssertionError("no " + type);
  }

  @Test
  void of_unmeantFailure_tellsNothingOfItself() throws Exception {
    Status status = status(new IllegalStateException("/home/secret password=hush"));
    assertThat(status.getCode()).isEqualTo(io.grpc.Status.Code.INTERNAL.value());
    assertThat(status.toString()).doesNotContain("secret").doesNotContain("hush");
    assertThat(info(status).getMetadataMap()).containsKey("incident");
  }

  @Test
  void of_missingCorpus_namesTheResource() throws Exception {
    Status status = status(RagException.corpusNotFound(new CorpusId("faq")));
    assertThat(status.getCode()).isEqualTo(io.grpc.Status.Code.NOT_FOUND.value());
    assertThat(detail(status, ResourceInfo.class).getResourceName()).isEqualTo("corpora/faq");
  }

  @Test
  void of_status_staysWhatItIs() {
    StatusRuntimeException status = io.grpc.Status.ABORTED.asRuntimeException();
    assertThat(Statuses.of(status)).isSameAs(status);
  }
}
