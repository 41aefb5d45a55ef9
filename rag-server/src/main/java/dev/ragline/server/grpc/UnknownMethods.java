package dev.ragline.server.grpc;

import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import io.grpc.HandlerRegistry;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls of methods that there are not, with a status like all others: gRPC's own repeats
 * the method's name, however long it is.
 */
final class UnknownMethods extends HandlerRegistry {
  @Override
  public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
    MethodDescriptor<InputStream, InputStream> method =
        MethodDescriptor.newBuilder(Bytes.UNREAD, Bytes.UNREAD)
            .setType(MethodType.UNKNOWN)
            .setFullMethodName(name)
            .build();
    return ServerMethodDefinition.create(
        method,
        (call, headers) -> {
          Statuses.close(call, unimplemented(name));
          return new ServerCall.Listener<>() {};
        });
  }

  private static RagException unimplemented(String name) {
    return new RagException(
        ErrorCode.UNIMPLEMENTED, "UNKNOWN_METHOD", "there is no method " + name);
  }

  /** No message of such a call is ever asked for. */
  private enum Bytes implements Marshaller<InputStream> {
    UNREAD;

    @Override
    public InputStream stream(InputStream bytes) {
      return bytes;
    }

    @Override
    public InputStream parse(InputStream bytes) {
      return bytes;
    }
  }
}
