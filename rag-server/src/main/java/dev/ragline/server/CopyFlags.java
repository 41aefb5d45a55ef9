package dev.ragline.server;

import dev.ragline.server.config.ConfigException;
import dev.ragline.server.config.ConfigLoader;
import dev.ragline.server.config.StoreConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The two stores of {@code rag corpus copy}. Each is configured as the server's is: the key {@code
 * store.token} is the option {@code --from-token} or {@code --to-token}, and in the environment
 * {@code RAGLINE_FROM_TOKEN} or {@code RAGLINE_TO_TOKEN}.
 */
enum CopyFlags {
  FROM("--from", "Where the corpora are"),
  TO("--to", "Where their copies go");

  private static final String SECTION = "store";
  private static final String ADDRESS = "address";

  /** What most people need; the others are taken too, but only the footer of the help says so. */
  private static final List<String> SHOWN = List.of("token", "database");

  private final String option;
  private final String purpose;

  CopyFlags(String option, String purpose) {
    this.option = option;
    this.purpose = purpose;
  }

  /** What messages about this store begin with. */
  String option() {
    return option;
  }

  /** Lets a command take the options of both; its help shows them before its own. */
  static void addTo(CommandSpec command) {
    int order = -1000;
    for (CopyFlags store : values()) {
      command.addOption(
          OptionSpec.builder(store.option)
              .order(order++)
              .required(true)
              .type(String.class)
              .paramLabel("ADDRESS")
              .description(
                  store.purpose + ": a folder, or a Milvus such as http://localhost:19530.")
              .build());
      for (String key : keys()) {
        command.addOption(
            OptionSpec.builder(store.option(key))
                .order(order++)
                .type(String.class)
                .paramLabel(key.toUpperCase(Locale.ROOT))
                .hidden(!SHOWN.contains(key))
                .description("store.%s for %s.".formatted(key, store.option))
                .build());
      }
    }
  }

  private static List<String> keys() {
    return ConfigLoader.keys(SECTION).stream().filter(key -> !key.equals(ADDRESS)).toList();
  }

  private String option(String key) {
    return option + "-" + key;
  }

  /** {@code RAGLINE_FROM_}. */
  private String variables() {
    return "RAGLINE_" + name() + "_";
  }

  /**
   * What is said of this store.
   *
   * @throws ConfigException when a key is unknown or a value makes no sense
   */
  StoreConfig config(ParseResult parsed, Map<String, String> environment) {
    Map<String, String> values = new HashMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(variables())) {
            String key = name.substring(variables().length()).toLowerCase(Locale.ROOT);
            values.put(SECTION + "." + key.replace('_', '-'), value);
          }
        });
    values.put(SECTION + "." + ADDRESS, parsed.matchedOption(option).getValue());
    for (String key : keys()) {
      if (parsed.hasMatchedOption(option(key))) {
        values.put(SECTION + "." + key, parsed.matchedOption(option(key)).getValue());
      }
    }
    try {
      return ConfigLoader.load(null, Map.of(), values).store();
    } catch (ConfigException e) {
      throw new ConfigException(option + ": " + e.getMessage());
    }
  }
}
