package dev.ragline.server.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;

/** The gRPC edge over the core. */
public final class GrpcModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(Calls.class).in(Singleton.class);
    bind(CorpusGrpcService.class).in(Singleton.class);
    bind(IngestGrpcService.class).in(Singleton.class);
    bind(AskGrpcService.class).in(Singleton.class);
    bind(GrpcEdge.class).in(Singleton.class);
  }
}
