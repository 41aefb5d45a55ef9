package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSsl;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Netty goes without a native library that is on the class path twice, and says nothing. */
@EnabledOnOs(OS.LINUX)
class NativeTransportTest {
  @Test
  void nativeLibraries_onTheClassPath_areThereOnce() throws IOException {
    for (String name : List.of("netty_transport_native_epoll", "netty_tcnative_linux")) {
      String file = "META-INF/native/libio_grpc_netty_shaded_" + name + "_x86_64.so";
      Stream<URL> found = getClass().getClassLoader().resources(file);
      assertThat(found).singleElement().asString().contains("grpc-netty-shaded");
    }
  }

  @Test
  void epoll_onLinux_isLoaded() {
    assertThat(Epoll.isAvailable()).as("%s", Epoll.unavailabilityCause()).isTrue();
  }

  @Test
  void boringSsl_onLinux_isLoaded() {
    assertThat(OpenSsl.isAvailable()).as("%s", OpenSsl.unavailabilityCause()).isTrue();
  }
}
