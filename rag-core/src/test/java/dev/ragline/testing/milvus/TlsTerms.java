package dev.ragline.testing.milvus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/**
 * How a server speaks TLS: with whose certificate, and whether clients must show one of the same
 * authority.
 */
public record TlsTerms(CertificateAuthority authority, boolean clientCertificates) {
  ServerSocket listen(int port) throws IOException {
    SSLContext context = authority.serverContext();
    SSLServerSocket listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(port, 0, InetAddress.getLoopbackAddress());
    SSLParameters parameters = listener.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    parameters.setNeedClientAuth(clientCertificates);
    listener.setSSLParameters(parameters);
    return listener;
  }
}
