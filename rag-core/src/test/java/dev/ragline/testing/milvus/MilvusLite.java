package dev.ragline.testing.milvus;

import java.util.List;

/** Milvus Lite: small and up at once; knows BM25 and hybrid search, but no users. */
public final class MilvusLite extends MilvusServer {
  private MilvusLite() {
    super("lite");
  }

  /** Starts one on new data. */
  public static MilvusLite started() {
    MilvusLite server = new MilvusLite();
    server.start();
    return server;
  }

  @Override
  List<String> arguments() {
    return List.of("lite", Integer.toString(port()), data().toString());
  }
}
