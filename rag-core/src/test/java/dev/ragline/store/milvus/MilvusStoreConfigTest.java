package dev.ragline.store.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ragline.store.milvus.MilvusStoreConfig.Tls;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MilvusStoreConfigTest {
  @Test
  void toString_token_isNotShown() {
    MilvusStoreConfig usual = MilvusStoreConfig.of(URI.create("http://localhost:19530"));
    MilvusStoreConfig secret =
        new MilvusStoreConfig(
            usual.uri(),
            "root:hush",
            usual.database(),
            usual.tls(),
            usual.connectTimeout(),
            usual.callTimeout(),
            usual.prefix(),
            usual.index(),
            usual.shards(),
            usual.replicas(),
            usual.retention(),
            usual.abandoned());
    assertThat(secret.toString()).contains("localhost:19530").doesNotContain("hush");
  }

  @Test
  void tls_certificateWithoutKey_isRefused() {
    Path file = Path.of("client.pem");
    assertThatIllegalArgumentException().isThrownBy(() -> new Tls(null, file, null, null));
    assertThatIllegalArgumentException().isThrownBy(() -> new Tls(null, null, file, null));
  }

  @Test
  void tls_certificateWithoutAuthority_isRefused() {
    Path file = Path.of("client.pem");
    assertThatIllegalArgumentException().isThrownBy(() -> new Tls(null, file, file, null));
  }
}
