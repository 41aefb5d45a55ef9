package dev.ragline.store.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.store.Corpora;
import dev.ragline.store.milvus.MilvusStoreConfig.Tls;
import dev.ragline.testing.TestExecution;
import dev.ragline.testing.milvus.CertificateAuthority;
import dev.ragline.testing.milvus.Milvus;
import dev.ragline.testing.milvus.MilvusServer;
import dev.ragline.testing.milvus.TcpProxy;
import dev.ragline.testing.milvus.TlsTerms;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Tokens and certificates. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class MilvusSecurityTest {
  @TempDir private static Path folder;
  private static CertificateAuthority authority;
  private static CertificateAuthority stranger;
  private @Nullable TcpProxy proxy;

  @BeforeAll
  static void makeAuthorities() throws IOException {
    authority = CertificateAuthority.in(Files.createDirectory(folder.resolve("authority")));
    stranger = CertificateAuthority.in(Files.createDirectory(folder.resolve("stranger")));
  }

  @AfterEach
  void stop() {
    if (proxy != null) {
      proxy.close();
    }
  }

  @Test
  void everyCall_wrongToken_isRefusedByThatName() {
    MilvusServer server = Milvus.standaloneWithAuthorization();
    for (String token : new String[] {"", "root:wrong", "nobody:Milvus"}) {
      RagException e = assertRefused(MilvusStores.withToken(MilvusStores.config(server), token));
      assertThat(e.reason()).isEqualTo("STORE_CREDENTIALS_REFUSED");
      assertThat(e).hasMessageContaining("store.token").message().doesNotContain("root");
    }
  }

  @Test
  void everyCall_rightToken_isAnswered() {
    MilvusServer server = Milvus.standaloneWithAuthorization();
    assertWorks(MilvusStores.withToken(MilvusStores.config(server), server.token()));
  }

  @Test
  void everyCall_tlsOfATrustedAuthority_isAnswered() {
    assertWorks(behindTls(false, new Tls(authority.certificate(), null, null, null)));
    assertWorks(behindTls(false, new Tls(authority.certificate(), null, null, "localhost")));
  }

  @Test
  void everyCall_tlsOfAnotherAuthority_namesTheOption() {
    assertTlsFails(behindTls(false, new Tls(stranger.certificate(), null, null, null)));
    assertTlsFails(behindTls(false, Tls.DEFAULT));
  }

  @Test
  void everyCall_tlsOfAnotherName_namesTheOption() {
    assertTlsFails(behindTls(false, new Tls(authority.certificate(), null, null, "example.org")));
  }

  @Test
  void everyCall_clientCertificate_isAnswered() {
    assertWorks(behindTls(true, shown(authority)));
  }

  @Test
  void everyCall_clientCertificateMissingOrOfAnother_namesTheOption() {
    assertTlsFails(behindTls(true, new Tls(authority.certificate(), null, null, null)));
    assertTlsFails(behindTls(true, shown(stranger)));
  }

  @Test
  void open_fileMissingOrNoCertificate_namesTheOption() throws IOException {
    Path missing = folder.resolve("missing.pem");
    Path garbage = Files.writeString(folder.resolve("garbage.pem"), "garbage");
    Path right = authority.certificate();
    Path key = authority.clientKey();
    for (Path wrong : new Path[] {missing, garbage, folder}) {
      assertUnusable("store.ca-file", new Tls(wrong, null, null, null));
      assertUnusable("store.cert-file", new Tls(right, wrong, key, null));
      assertUnusable("store.key-file", new Tls(right, authority.clientCertificate(), wrong, null));
    }
  }

  private static Tls shown(CertificateAuthority whose) {
    return new Tls(authority.certificate(), whose.clientCertificate(), whose.clientKey(), null);
  }

  private MilvusStoreConfig behindTls(boolean clientCertificates, Tls tls) {
    stop();
    TcpProxy made =
        TcpProxy.to(Milvus.lite().address(), new TlsTerms(authority, clientCertificates));
    proxy = made;
    return MilvusStores.withTls(MilvusStores.config(URI.create(made.address())), tls);
  }

  private static void assertWorks(MilvusStoreConfig config) {
    try (MilvusChunkStore store = MilvusChunkStore.open(config, TestExecution.SHARED)) {
      store.createCorpus(Corpora.of("docs"));
      assertThat(store.corpora(null, 9)).hasSize(1);
      assertThat(store.isServing()).isTrue();
    }
  }

  private static RagException assertRefused(MilvusStoreConfig config) {
    try (MilvusChunkStore store = MilvusChunkStore.open(config, TestExecution.SHARED)) {
      RagException e =
          catchThrowableOfType(RagException.class, () -> store.createCorpus(Corpora.of("docs")));
      assertThat(e).isNotNull();
      assertThat(e.code()).as(e + " by " + e.getCause()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
      assertThat(store.isServing()).isFalse();
      return e;
    }
  }

  private static void assertTlsFails(MilvusStoreConfig config) {
    RagException e = assertRefused(config);
    assertThat(e.reason()).isEqualTo("STORE_TLS_FAILED");
    assertThat(e).hasMessageContaining("store.ca-file");
  }

  private static void assertUnusable(String option, Tls tls) {
    MilvusStoreConfig config =
        MilvusStores.withTls(MilvusStores.config(URI.create("https://127.0.0.1:1")), tls);
    RagException e =
        catchThrowableOfType(
            RagException.class, () -> MilvusChunkStore.open(config, TestExecution.SHARED).close());
    assertThat(e).as(option).isNotNull();
    assertThat(e.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
    assertThat(e).hasMessageContaining(option);
  }
}
