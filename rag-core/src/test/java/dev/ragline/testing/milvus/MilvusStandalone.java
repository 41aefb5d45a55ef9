package dev.ragline.testing.milvus;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Milvus standalone 2.3: the real engine, with its etcd inside; knows users, but neither BM25 nor
 * hybrid search. Every port is free and its own, so several can run at once.
 */
public final class MilvusStandalone extends MilvusServer {
  /** Its parts', its etcd's two, and that of its metrics. */
  private static final int SPARE_PORTS = 12;

  private final List<HeldPort> spare = Stream.generate(HeldPort::new).limit(SPARE_PORTS).toList();
  private final boolean authorization;

  private MilvusStandalone(boolean authorization) {
    super(authorization ? "standalone-authorized" : "standalone");
    this.authorization = authorization;
  }

  /** Starts one on new data; {@code authorization} lets in only who has a token. */
  public static MilvusStandalone started(boolean authorization) {
    MilvusStandalone server = new MilvusStandalone(authorization);
    server.start();
    return server;
  }

  @Override
  public String token() {
    return authorization ? "root:Milvus" : "";
  }

  @Override
  List<String> arguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "standalone",
                Integer.toString(port()),
                data().toString(),
                programs().toString(),
                Boolean.toString(authorization)));
    spare.forEach(port -> arguments.add(Integer.toString(port.number())));
    return arguments;
  }

  @Override
  public void close() {
    super.close();
    spare.forEach(HeldPort::close);
  }
}
