package dev.ragline.store.milvus;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ragline.document.RagException;
import dev.ragline.store.milvus.MilvusStoreConfig.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import org.jspecify.annotations.Nullable;

/** Checks the files of TLS, where the SDK would only log that they cannot be used. */
final class TlsFiles {
  private TlsFiles() {}

  /**
   * Checks that all files can be used.
   *
   * @throws RagException FAILED_PRECONDITION naming the option of the one that cannot
   */
  static void requireUsable(Tls tls) {
    requireCertificates("store.ca-file", tls.caFile());
    requireCertificates("store.cert-file", tls.certFile());
    Path key = tls.keyFile();
    if (key != null
        && !new String(read("store.key-file", key), UTF_8).contains("-----BEGIN PRIVATE KEY")) {
      throw unusable("store.key-file", key, "holds no key as PKCS#8 in PEM without a password");
    }
  }

  private static void requireCertificates(String option, @Nullable Path file) {
    if (file == null) {
      return;
    }
    try {
      var found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(read(option, file)));
      if (found.isEmpty()) {
        throw unusable(option, file, "holds no certificate");
      }
    } catch (CertificateException e) {
      throw unusable(option, file, "holds no certificate in PEM");
    }
  }

  private static byte[] read(String option, Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unusable(option, file, "cannot be read");
    }
  }

  private static RagException unusable(String option, Path file, String why) {
    return RagException.failedPrecondition(
        "STORE_TLS_FAILED", "store", "%s: %s %s".formatted(option, file, why));
  }
}
