package dev.ragline.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's own logback.xml. */
class LogLevelsTest {
  private static final String NETTY =
      "io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyClientHandler";

  private final LoggerContext logs = new LoggerContext();

  @AfterEach
  void stop() {
    logs.stop();
  }

  private void configure(String level) throws JoranException {
    logs.putProperty("RAGLINE_LOG", level);
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(logs);
    URL file = ServeCommand.class.getResource("/logback.xml");
    configurator.doConfigure(Objects.requireNonNull(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"INFO", "DEBUG", "TRACE"})
  void milvus_anyLevelOfTheUsers_neverShowsTheToken(String level) throws JoranException {
    configure(level);
    logs.getLogger("ROOT").setLevel(Level.TRACE);

    assertThat(logs.getLogger("dev.ragline.server").getEffectiveLevel())
        .isEqualTo(Level.toLevel(level));
    for (String name : new String[] {NETTY, "io.milvus.v2.client.MilvusClientV2"}) {
      assertThat(logs.getLogger(name).getEffectiveLevel()).isEqualTo(Level.WARN);
    }
  }

  @Test
  void milvus_nameOfTheShadedHandler_isStillTheSame() {
    assertThat(getClass().getResource("/" + NETTY.replace('.', '/') + ".class")).isNotNull();
  }
}
