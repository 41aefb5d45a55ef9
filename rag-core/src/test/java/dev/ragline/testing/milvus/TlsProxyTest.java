package dev.ragline.testing.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Milvus behind TLS, with its own client. */
class TlsProxyTest {
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
  void connect_privateAuthority_answers() {
    assertAnswers(client(false).serverPemPath(authority.certificate().toString()));
  }

  @Test
  void connect_anotherAuthority_isRefused() {
    assertRefused(client(false).serverPemPath(stranger.certificate().toString()));
  }

  @Test
  void connect_clientCertificate_answers() {
    assertAnswers(withCertificate(client(true), authority));
  }

  @Test
  void connect_clientCertificateOfAnother_isRefused() {
    assertRefused(withCertificate(client(true), stranger));
  }

  @Test
  void connect_noClientCertificate_isRefused() {
    assertRefused(client(true).serverPemPath(authority.certificate().toString()));
  }

  private ConnectConfig.ConnectConfigBuilder client(boolean clientCertificates) {
    TcpProxy made =
        TcpProxy.to(Milvus.lite().address(), new TlsTerms(authority, clientCertificates));
    proxy = made;
    return ConnectConfig.builder().uri(made.address()).serverName("localhost");
  }

  private static ConnectConfig.ConnectConfigBuilder withCertificate(
      ConnectConfig.ConnectConfigBuilder config, CertificateAuthority whose) {
    return config
        .caPemPath(authority.certificate().toString())
        .clientPemPath(whose.clientCertificate().toString())
        .clientKeyPath(whose.clientKey().toString());
  }

  private static void assertAnswers(ConnectConfig.ConnectConfigBuilder config) {
    assertThat(MilvusServer.ask(config, MilvusClientV2::listCollections)).isNotNull();
  }

  /** The SDK tries again until its time is up, and does not say why it failed. */
  private static void assertRefused(ConnectConfig.ConnectConfigBuilder config) {
    assertThatThrownBy(() -> assertAnswers(config.connectTimeoutMs(2000)))
        .hasMessageContaining("waiting_for_connection");
  }
}
