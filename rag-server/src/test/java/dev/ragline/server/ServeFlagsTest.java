package dev.ragline.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.server.config.ConfigException;
import dev.ragline.server.config.ConfigLoader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class ServeFlagsTest {
  private static CommandSpec command() {
    CommandSpec command = CommandSpec.create();
    ServeFlags.addTo(command);
    return command;
  }

  private static Map<String, String> given(String... arguments) {
    return ServeFlags.given(new CommandLine(command()).parseArgs(arguments));
  }

  @Test
  void given_someOptions_areTheirKeys() {
    assertThat(given()).isEmpty();
    assertThat(given("--port", "0", "--store=a b", "--store-token", ""))
        .isEqualTo(Map.of("server.port", "0", "store.address", "a b", "store.token", ""));
  }

  @Test
  void options_all_areKnownKeysAndExplained() {
    for (OptionSpec option : command().options()) {
      Map<String, String> flags = given(option.longestName(), "1");
      assertThat(flags).hasSize(1);
      assertThat(problem(flags)).as(option.longestName()).doesNotContain("is not a known key");
      assertThat(option.paramLabel()).matches("[A-Z|]+");
      assertThat(option.description()[0]).matches("[A-Z][^ ].*\\.").doesNotContain("  ");
    }
  }

  private static String problem(Map<String, String> flags) {
    try {
      return ConfigLoader.load(null, Map.of(), flags).toString();
    } catch (ConfigException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
