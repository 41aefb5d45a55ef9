package dev.ragline.testing.milvus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A private certificate authority, made by the JDK's keytool, with one certificate for a server at
 * 127.0.0.1 or localhost and one for a client. Files are PEM.
 */
public final class CertificateAuthority {
  private static final char[] PASSWORD = "password".toCharArray();
  private static final String CA = "ca";
  private static final String SERVER = "server";
  private static final String CLIENT = "client";

  private final Path folder;
  private final KeyStore store;

  private CertificateAuthority(Path folder, KeyStore store) {
    this.folder = folder;
    this.store = store;
  }

  /** A new authority, whose files are in {@code folder}, which must be empty. */
  public static CertificateAuthority in(Path folder) {
    Path file = folder.resolve("keys.p12");
    keytool(file, CA, "-ext", "bc:c=ca:true");
    keytool(file, SERVER, "-signer", CA, "-ext", "san=ip:127.0.0.1,dns:localhost");
    keytool(file, CLIENT, "-signer", CA);
    try {
      return new CertificateAuthority(folder, KeyStore.getInstance(file.toFile(), PASSWORD));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The authority's own certificate: whoever trusts it trusts the server. */
  public Path certificate() {
    return certificate(CA);
  }

  /** The client's certificate. */
  public Path clientCertificate() {
    return certificate(CLIENT);
  }

  /** The client's key, PKCS#8 without a password. */
  public Path clientKey() {
    try {
      Key key = store.getKey(CLIENT, PASSWORD);
      return pem("client-key.pem", "PRIVATE KEY", key.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Shows the server's certificate and trusts those of this authority. */
  SSLContext serverContext() {
    try {
      KeyStore server = KeyStore.getInstance("PKCS12");
      server.load(null, null);
      server.setKeyEntry(
          SERVER, store.getKey(SERVER, PASSWORD), PASSWORD, store.getCertificateChain(SERVER));
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(server, PASSWORD);
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(CA, store.getCertificate(CA));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path certificate(String alias) {
    try {
      return pem(alias + ".pem", "CERTIFICATE", store.getCertificate(alias).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path pem(String file, String kind, byte[] content) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    String pem = "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, lines);
    try {
      return Files.writeString(folder.resolve(file), pem, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keytool(Path file, String alias, String... more) {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command =
        new ArrayList<>(List.of(keytool.toString(), "-genkeypair", "-keyalg", "EC", "-alias"));
    command.addAll(List.of(alias, "-dname", "CN=" + alias, "-keystore", file.toString()));
    command.addAll(List.of("-storepass", new String(PASSWORD)));
    command.addAll(List.of(more));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("keytool said: " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
