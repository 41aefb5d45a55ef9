package dev.ragline.server;

import dev.ragline.server.config.StoreConfig;
import dev.ragline.store.milvus.MilvusStoreConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is configured of a store in Milvus, as its adapter wants it. */
final class MilvusSettings {
  private MilvusSettings() {}

  /** The settings of a store that is remote. */
  static MilvusStoreConfig of(StoreConfig config) {
    return new MilvusStoreConfig(
        URI.create(config.address()),
        config.token(),
        config.database(),
        new MilvusStoreConfig.Tls(
            file(config.caFile()),
            file(config.certFile()),
            file(config.keyFile()),
            config.serverName().isBlank() ? null : config.serverName()),
        Duration.ofSeconds(config.connectSeconds()),
        Duration.ofSeconds(config.callSeconds()),
        config.prefix(),
        new MilvusStoreConfig.IndexSettings(
            config.index(), config.indexParameters(), config.searchParameters()),
        config.shards(),
        config.replicas(),
        Duration.ofSeconds(config.retainSeconds()),
        Duration.ofSeconds(config.abandonedSeconds()));
  }

  private static @Nullable Path file(String name) {
    return name.isBlank() ? null : Path.of(name);
  }
}
