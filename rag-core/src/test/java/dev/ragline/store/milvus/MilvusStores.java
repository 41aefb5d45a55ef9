package dev.ragline.store.milvus;

import dev.ragline.testing.milvus.MilvusServer;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/** Settings of stores for tests: each its own collections in a server that many share. */
final class MilvusStores {
  private MilvusStores() {}

  /** Settings under which nobody else has written. */
  static MilvusStoreConfig config(MilvusServer server) {
    return config(URI.create(server.address()));
  }

  /** The same for an address, such as a proxy's. */
  static MilvusStoreConfig config(URI address) {
    String prefix = "t" + UUID.randomUUID().toString().substring(0, 8);
    MilvusStoreConfig usual = MilvusStoreConfig.of(address);
    return new MilvusStoreConfig(
        usual.uri(),
        usual.token(),
        usual.database(),
        usual.tls(),
        usual.connectTimeout(),
        usual.callTimeout(),
        prefix,
        usual.index(),
        usual.shards(),
        usual.replicas(),
        usual.retention(),
        usual.abandoned());
  }

  /** The same settings with other times. */
  static MilvusStoreConfig withTimes(
      MilvusStoreConfig config, Duration retention, Duration abandoned) {
    return new MilvusStoreConfig(
        config.uri(),
        config.token(),
        config.database(),
        config.tls(),
        config.connectTimeout(),
        config.callTimeout(),
        config.prefix(),
        config.index(),
        config.shards(),
        config.replicas(),
        retention,
        abandoned);
  }
}
