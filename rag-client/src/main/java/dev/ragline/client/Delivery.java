package dev.ragline.client;

import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;

/** Tells whether a call found a connection, and so may have reached the server. */
final class Delivery extends ClientStreamTracer.Factory {
  private volatile boolean sent;

  /** Options that have this call watched. */
  CallOptions watched(CallOptions options) {
    return options.withStreamTracerFactory(this);
  }

  boolean isSent() {
    return sent;
  }

  @Override
  public ClientStreamTracer newClientStreamTracer(
      ClientStreamTracer.StreamInfo info, Metadata headers) {
    return new ClientStreamTracer() {
      @Override
      public void outboundHeaders() {
        sent = true;
      }
    };
  }
}
