package dev.ragline.testing.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
  private ServerSocket echo;
  private TcpProxy proxy;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::echo);
    proxy = TcpProxy.to("http://127.0.0.1:" + echo.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    echo.close();
  }

  @Test
  void carry_fairWeather_echoesAndCounts() throws IOException {
    try (Socket one = connect();
        Socket other = connect()) {
      assertEchoes(one);
      assertEchoes(other);
    }
    assertThat(proxy.connections()).isEqualTo(2);
  }

  @Test
  void carry_clientIsDone_serverSeesTheEnd() throws IOException {
    try (Socket client = connect()) {
      assertEchoes(client);
      client.shutdownOutput();

      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void cut_openConnection_endsItAndRefusesNew() throws IOException {
    try (Socket client = connect()) {
      assertEchoes(client);

      proxy.cut();

      assertThat(isOver(client)).isTrue();
      assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void heal_afterCut_takesConnectionsAtTheSameAddress() throws IOException {
    String address = proxy.address();
    proxy.cut();
    proxy.heal();

    assertThat(proxy.address()).isEqualTo(address);
    try (Socket client = connect()) {
      assertEchoes(client);
    }
  }

  @Test
  void hang_thenHeal_deliversNothingThenAll() throws IOException {
    proxy.hang();
    try (Socket client = connect()) {
      client.getOutputStream().write(7);
      client.setSoTimeout(100);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);

      proxy.heal();

      client.setSoTimeout(30_000);
      assertThat(client.getInputStream().read()).isEqualTo(7);
    }
  }

  @Test
  void delay_longThenHeal_holdsBackUntilThen() throws IOException {
    proxy.delay(Duration.ofHours(1));
    try (Socket client = connect()) {
      client.getOutputStream().write(7);
      client.setSoTimeout(100);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);

      proxy.delay(Duration.ofMillis(1));

      client.setSoTimeout(30_000);
      assertThat(client.getInputStream().read()).isEqualTo(7);
    }
  }

  @Test
  void connect_nobodyBehind_endsTheConnection() throws IOException {
    echo.close();
    try (Socket client = connect()) {
      assertThat(isOver(client)).isTrue();
    }
  }

  private Socket connect() throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(proxy.address()).getPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static void assertEchoes(Socket client) throws IOException {
    client.getOutputStream().write(new byte[] {1, 2, 3});
    assertThat(client.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
  }

  /** Whether the other side has closed, with or without a reset. */
  private static boolean isOver(Socket client) throws IOException {
    try {
      return client.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private void echo() {
    while (!echo.isClosed()) {
      try {
        Socket client = echo.accept();
        Thread.ofVirtual().start(() -> echo(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void echo(Socket client) {
    try (client) {
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException broken) {
      // The proxy cut it.
    }
  }
}
