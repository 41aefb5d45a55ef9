package dev.ragline.server.grpc;

import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses messages that cannot be parsed with INVALID_ARGUMENT. gRPC parses before any interceptor
 * sees a message, and takes bytes that are none for a defect of the server: the caller gets UNKNOWN
 * and the log a stack trace. So messages are parsed into {@link Parsed}, which holds the failure,
 * and a call ends in good order.
 */
final class ReadableRequests {
  private static final Logger LOG = LoggerFactory.getLogger(ReadableRequests.class);

  private ReadableRequests() {}

  /** What came of parsing. */
  private sealed interface Parsed<Q> {
    record Message<Q>(Q message) implements Parsed<Q> {}

    record Unreadable<Q>() implements Parsed<Q> {}
  }

  /** The same service, which refuses what it cannot read. */
  static ServerServiceDefinition of(ServerServiceDefinition service) {
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName())
            .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
    List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
    for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
      ServerMethodDefinition<?, ?> readable = of(method);
      descriptor.addMethod(readable.getMethodDescriptor());
      methods.add(readable);
    }
    ServerServiceDefinition.Builder readable = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(readable::addMethod);
    return readable.build();
  }

  private static <Q, R> ServerMethodDefinition<Parsed<Q>, R> of(
      ServerMethodDefinition<Q, R> method) {
    MethodDescriptor<Q, R> inner = method.getMethodDescriptor();
    MethodDescriptor<Parsed<Q>, R> outer =
        inner.toBuilder(new Parser<>(inner.getRequestMarshaller()), inner.getResponseMarshaller())
            .build();
    ServerCallHandler<Q, R> handler = method.getServerCallHandler();
    return ServerMethodDefinition.create(
        outer,
        (call, headers) -> {
          InnerCall<Q, R> innerCall = new InnerCall<>(call, inner);
          return new Unpacking<>(call, innerCall, handler.startCall(innerCall, headers));
        });
  }

  private record Parser<Q>(Marshaller<Q> messages) implements Marshaller<Parsed<Q>> {
    @Override
    public InputStream stream(Parsed<Q> parsed) {
      return switch (parsed) {
        case Parsed.Message<Q>(Q message) -> messages.stream(message);
        case Parsed.Unreadable<Q> _ -> InputStream.nullInputStream();
      };
    }

    @Override
    public Parsed<Q> parse(InputStream bytes) {
      try {
        return new Parsed.Message<>(messages.parse(bytes));
      } catch (StatusRuntimeException e) {
        return new Parsed.Unreadable<>();
      }
    }
  }

  /**
   * The call as the service knows it: only its method tells of what is received. Once it is
   * refused, what the service says to its end is not heard; nor is it once the server has stopped
   * and its connections have gone.
   */
  private static final class InnerCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final MethodDescriptor<Q, R> method;
    private volatile boolean refused;

    @SuppressWarnings("unchecked") // a call hands out no requests, a listener gets them
    InnerCall(ServerCall<Parsed<Q>, R> call, MethodDescriptor<Q, R> method) {
      super((ServerCall<Q, R>) (ServerCall<?, R>) call);
      this.method = method;
    }

    @Override
    public MethodDescriptor<Q, R> getMethodDescriptor() {
      return method;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (refused) {
        return;
      }
      try {
        super.close(status, trailers);
      } catch (RejectedExecutionException e) {
        LOG.debug("{} ended after its connection", method.getFullMethodName(), e);
      }
    }
  }

  /** Unpacks what was read, and ends the call at what was not. */
  private static final class Unpacking<Q, R> extends ServerCall.Listener<Parsed<Q>> {
    private final ServerCall<Parsed<Q>, R> call;
    private final InnerCall<Q, R> inner;
    private final ServerCall.Listener<Q> service;

    Unpacking(
        ServerCall<Parsed<Q>, R> call, InnerCall<Q, R> inner, ServerCall.Listener<Q> service) {
      this.call = call;
      this.inner = inner;
      this.service = service;
    }

    @Override
    public void onMessage(Parsed<Q> parsed) {
      if (inner.refused) {
        return;
      }
      switch (parsed) {
        case Parsed.Message<Q>(Q message) -> service.onMessage(message);
        case Parsed.Unreadable<Q> _ -> {
          inner.refused = true;
          // As where a rule is broken: the service lets go of what it holds before the caller
          // knows.
          service.onCancel();
          Statuses.close(call, unreadable());
        }
      }
    }

    private RagException unreadable() {
      return new RagException(
          ErrorCode.INVALID_ARGUMENT,
          "INVALID_MESSAGE",
          "the message cannot be read as a request of "
              + call.getMethodDescriptor().getFullMethodName());
    }

    @Override
    public void onHalfClose() {
      if (!inner.refused) {
        service.onHalfClose();
      }
    }

    @Override
    public void onCancel() {
      if (!inner.refused) {
        service.onCancel();
      }
    }

    @Override
    public void onComplete() {
      service.onComplete();
    }

    @Override
    public void onReady() {
      if (!inner.refused) {
        service.onReady();
      }
    }
  }
}
