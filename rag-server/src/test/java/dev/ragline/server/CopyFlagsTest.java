package dev.ragline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.server.config.ConfigException;
import dev.ragline.server.config.ConfigLoader;
import dev.ragline.server.config.StoreConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

class CopyFlagsTest {
  private static final String MILVUS = "http://localhost:19530";

  private static CommandSpec command() {
    CommandSpec command = CommandSpec.create();
    CopyFlags.addTo(command);
    return command;
  }

  private static ParseResult parsed(String... arguments) {
    return new CommandLine(command()).parseArgs(arguments);
  }

  @Test
  void config_nothingButAddresses_isAsUsual() {
    ParseResult parsed = parsed("--from", "./data", "--to", MILVUS);
    assertThat(CopyFlags.FROM.config(parsed, Map.of())).isEqualTo(StoreConfig.DEFAULT);
    assertThat(CopyFlags.TO.config(parsed, Map.of()).address()).isEqualTo(MILVUS);
  }

  @Test
  void config_optionsAndEnvironment_areOfTheirSideAndOptionsWin() {
    ParseResult parsed =
        parsed("--from", MILVUS, "--from-database=old", "--to", MILVUS, "--to-shards", "2");
    Map<String, String> environment =
        Map.of(
            "RAGLINE_FROM_DATABASE", "older",
            "RAGLINE_FROM_TOKEN", "a:b",
            "RAGLINE_TO_INDEX_PARAMS", "M=8",
            "RAGLINE_STORE_TOKEN", "not for this");

    StoreConfig from = CopyFlags.FROM.config(parsed, environment);
    StoreConfig to = CopyFlags.TO.config(parsed, environment);

    assertThat(List.of(from.database(), from.token())).containsExactly("old", "a:b");
    assertThat(List.of(to.database(), to.token(), to.indexParams()))
        .containsExactly("default", "", "M=8");
    assertThat(to.shards()).isEqualTo(2);
  }

  @Test
  void config_nonsense_namesTheSide() {
    ParseResult parsed = parsed("--from", "./data", "--to", MILVUS, "--to-shards", "no");
    assertThatThrownBy(() -> CopyFlags.TO.config(parsed, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage("--to: store.shards: 'no' is not a whole number");
    assertThatThrownBy(() -> CopyFlags.FROM.config(parsed, Map.of("RAGLINE_FROM_PATH", "x")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("--from: store.path is not a known key; did you mean store.");
  }

  @Test
  void options_all_areKeysOfTheStoreAndShownWhereCommon() {
    List<OptionSpec> options = command().options();
    assertThat(options).hasSize(2 * ConfigLoader.keys("store").size());
    assertThat(options.stream().filter(option -> !option.hidden()).map(OptionSpec::longestName))
        .containsExactlyInAnyOrder(
            "--from", "--from-token", "--from-database", "--to", "--to-token", "--to-database");
  }
}
