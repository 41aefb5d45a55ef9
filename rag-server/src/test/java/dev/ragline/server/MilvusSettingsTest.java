package dev.ragline.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.server.config.StoreConfig;
import dev.ragline.store.milvus.MilvusStoreConfig;
import dev.ragline.store.milvus.MilvusStoreConfig.IndexSettings;
import dev.ragline.store.milvus.MilvusStoreConfig.Tls;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MilvusSettingsTest {
  @Test
  void of_addressAlone_isWhatTheAdapterDoesByItself() {
    StoreConfig usual = StoreConfig.DEFAULT;
    StoreConfig config =
        new StoreConfig(
            "http://localhost:19530",
            usual.token(),
            usual.database(),
            usual.caFile(),
            usual.certFile(),
            usual.keyFile(),
            usual.serverName(),
            usual.connectSeconds(),
            usual.callSeconds(),
            usual.prefix(),
            usual.index(),
            usual.indexParams(),
            usual.searchParams(),
            usual.retainSeconds(),
            usual.abandonedSeconds(),
            usual.shards(),
            usual.replicas(),
            256);
    assertThat(MilvusSettings.of(config))
        .isEqualTo(MilvusStoreConfig.of(URI.create("http://localhost:19530")));
  }

  @Test
  void of_everything_isMapped() {
    StoreConfig config =
        new StoreConfig(
            "https://milvus:19530",
            "t",
            "d",
            "ca",
            "c",
            "k",
            "s",
            11,
            12,
            "p",
            "HNSW",
            "M=16",
            "ef=128",
            13,
            14,
            15,
            16,
            256);
    assertThat(MilvusSettings.of(config))
        .isEqualTo(
            new MilvusStoreConfig(
                URI.create("https://milvus:19530"),
                "t",
                "d",
                new Tls(Path.of("ca"), Path.of("c"), Path.of("k"), "s"),
                Duration.ofSeconds(11),
                Duration.ofSeconds(12),
                "p",
                new IndexSettings("HNSW", Map.of("M", "16"), Map.of("ef", "128")),
                15,
                16,
                Duration.ofSeconds(13),
                Duration.ofSeconds(14)));
  }
}
