package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.ByteStreams;
import com.google.longrunning.OperationsGrpc;
import dev.ragline.v1.AskServiceGrpc;
import dev.ragline.v1.CorpusServiceGrpc;
import dev.ragline.v1.IngestServiceGrpc;
import dev.ragline.v1.UploadDocumentRequest;
import dev.ragline.v1.UploadHeader;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes and methods that are none of the protocol are the caller's fault, and told as that. */
class UnreadableRequestTest {
  /** A field's number that does not end. */
  private static final byte[] BROKEN = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};

  private static final Logger GRPC = Logger.getLogger("io.grpc");

  @TempDir static Path folder;
  private static TestServer server;
  private static final ConcurrentLinkedQueue<String> logged = new ConcurrentLinkedQueue<>();
  private static final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          if (entry.getLevel().intValue() >= Level.INFO.intValue()) {
            logged.add(entry.getLoggerName() + ": " + entry.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeAll
  static void start() {
    GRPC.addHandler(listener);
    server = TestServer.in(folder).start();
    server.createCorpus("faq");
  }

  @AfterAll
  static void stop() {
    server.close();
    GRPC.removeHandler(listener);
  }

  static Stream<MethodDescriptor<?, ?>> methods() {
    return Stream.of(
            CorpusServiceGrpc.getServiceDescriptor(),
            IngestServiceGrpc.getServiceDescriptor(),
            AskServiceGrpc.getServiceDescriptor(),
            OperationsGrpc.getServiceDescriptor(),
            HealthGrpc.getServiceDescriptor(),
            ServerReflectionGrpc.getServiceDescriptor())
        .flatMap(service -> service.getMethods().stream());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void anyMethod_brokenBytes_isInvalidArgumentAndNotLogged(MethodDescriptor<?, ?> method) {
    Failure failure = Failure.of(send(method, BROKEN));
    assertThat(failure.code()).as(failure.message()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.reason()).isEqualTo("INVALID_MESSAGE");
    assertThat(failure.message()).contains(method.getFullMethodName());
    assertThat(logged).isEmpty();
  }

  @Test
  void retrieve_randomBytes_areNeverTheServersFault() {
    SplittableRandom random = new SplittableRandom(42);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[1 + random.nextInt(200)];
      random.nextBytes(bytes);
      Failure failure = Failure.of(send(AskServiceGrpc.getRetrieveMethod(), bytes));
      assertThat(failure.code())
          .as("round %d: %s", i, failure)
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
    assertThat(logged).isEmpty();
  }

  /** An upload that breaks off so gives back the place that it held. */
  @Test
  void upload_brokenBytesBehindTheHeader_freesItsPlace(@TempDir Path other) {
    try (TestServer one = TestServer.in(other).withLimits(1 << 20, 1).start()) {
      one.createCorpus("faq");
      byte[] header =
          UploadDocumentRequest.newBuilder()
              .setHeader(UploadHeader.newBuilder().setDocument("corpora/faq/documents/a"))
              .build()
              .toByteArray();
      for (int i = 0; i < 3; i++) {
        Failure failure =
            Failure.of(
                send(one, IngestServiceGrpc.getUploadDocumentMethod(), List.of(header, BROKEN)));
        assertThat(failure.reason()).isEqualTo("INVALID_MESSAGE");
      }
      assertThat(one.upload("corpora/faq/documents/a", "Text.").getReceipt().getAdded()).isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 2_000, 5_000, 7_500})
  void unknownMethod_longName_isUnimplemented(int length) {
    MethodDescriptor<?, ?> unknown =
        CorpusServiceGrpc.getGetCorpusMethod().toBuilder()
            .setFullMethodName("ragline.v1.CorpusService/" + "%".repeat(length))
            .setSchemaDescriptor(null)
            .build();
    Failure failure = Failure.of(send(unknown, new byte[0]));
    assertThat(failure.code()).isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(failure.reason()).isEqualTo("UNKNOWN_METHOD");
  }

  private static StatusRuntimeException send(MethodDescriptor<?, ?> method, byte[] bytes) {
    return send(server, method, List.of(bytes));
  }

  private static StatusRuntimeException send(
      TestServer to, MethodDescriptor<?, ?> method, List<byte[]> messages) {
    MethodDescriptor<byte[], byte[]> raw =
        method.toBuilder(Raw.BYTES, Raw.BYTES).setSchemaDescriptor(null).build();
    ClientCall<byte[], byte[]> call = to.channel().newCall(raw, CallOptions.DEFAULT);
    CompletableFuture<StatusRuntimeException> ended = new CompletableFuture<>();
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            ended.complete(status.asRuntimeException(trailers));
          }
        },
        new Metadata());
    call.request(1);
    messages.forEach(call::sendMessage);
    call.halfClose();
    return ended.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private enum Raw implements Marshaller<byte[]> {
    BYTES;

    @Override
    public InputStream stream(byte[] bytes) {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public byte[] parse(InputStream bytes) {
      try {
        return ByteStreams.toByteArray(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
