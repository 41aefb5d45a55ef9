package dev.ragline.store.milvus;

import dev.ragline.testing.milvus.MilvusServer;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/** Settings of stores for tests: each its own collections in a server that many share. */
final class MilvusStores {
  /** On a machine that is busy, a test takes long over one snapshot. */
  private static final Duration PATIENT = Duration.ofMinutes(2);

  private MilvusStores() {}

  /** Settings under which nobody else has written. */
  static MilvusStoreConfig config(MilvusServer server) {
    return config(URI.create(server.address()));
  }

  /** The same for an address, such as a proxy's. */
  static MilvusStoreConfig config(URI address) {
    return config(address, newPrefix());
  }

  /** Settings under which nobody else has written, of a store that removes soon what is unused. */
  static MilvusStoreConfig brief(MilvusServer server) {
    return brief(URI.create(server.address()), newPrefix());
  }

  /** The same with a prefix that others may have, too. */
  static MilvusStoreConfig brief(URI address, String prefix) {
    MilvusStoreConfig usual = config(address, prefix);
    return withTimes(usual, Duration.ofMillis(300), usual.abandoned());
  }

  /** One under which nobody else has written. */
  static String newPrefix() {
    return "t" + UUID.randomUUID().toString().substring(0, 8);
  }

  private static MilvusStoreConfig config(URI address, String prefix) {
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
        PATIENT,
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

  /** The same settings with another token. */
  static MilvusStoreConfig withToken(MilvusStoreConfig config, String token) {
    return with(config, token, config.tls());
  }

  /** The same settings with TLS as given. */
  static MilvusStoreConfig withTls(MilvusStoreConfig config, MilvusStoreConfig.Tls tls) {
    return with(config, config.token(), tls);
  }

  private static MilvusStoreConfig with(
      MilvusStoreConfig config, String token, MilvusStoreConfig.Tls tls) {
    return new MilvusStoreConfig(
        config.uri(),
        token,
        config.database(),
        tls,
        config.connectTimeout(),
        config.callTimeout(),
        config.prefix(),
        config.index(),
        config.shards(),
        config.replicas(),
        config.retention(),
        config.abandoned());
  }
}
