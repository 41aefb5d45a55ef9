package dev.ragline.client.cli;

import dev.ragline.v1.EvaluationConfiguration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The ways of retrieving that {@code rag eval} compares. The first is made of the command's own
 * retrieval options; each {@code --config NAME:key=value,…} sets more of the same options on top of
 * those, so that every option of {@code rag search} can be compared.
 */
final class EvalConfigurations {
  /** A comma before a key, and not one within a value. */
  private static final String BETWEEN = ",(?=[a-z][a-z-]*=(?!=))";

  private EvalConfigurations() {}

  /**
   * @param own the command's options as they were parsed
   * @param configs what was given by {@code --config}
   * @throws CommandException for a config that cannot be understood
   */
  static List<EvaluationConfiguration> of(ParseResult own, List<String> configs) {
    List<String> shared = given(own);
    List<EvaluationConfiguration> all = new ArrayList<>();
    Set<String> labels = new HashSet<>();
    all.add(configuration(label(shared), shared));
    labels.add(all.get(0).getLabel());
    for (String config : configs) {
      EvaluationConfiguration one = parse(config, shared);
      if (!labels.add(one.getLabel())) {
        throw CommandException.usage(
            "two configurations are called '%s'; name one with --config NAME:…"
                .formatted(one.getLabel()));
      }
      all.add(one);
    }
    return all;
  }

  private static String label(List<String> options) {
    return options.isEmpty()
        ? "default"
        : options.stream().map(option -> option.substring(2)).collect(Collectors.joining(","));
  }

  private static EvaluationConfiguration parse(String config, List<String> shared) {
    int equals = config.indexOf('=');
    int colon = config.indexOf(':');
    boolean named = colon > 0 && (equals < 0 || colon < equals);
    if (equals < 0 && !named) {
      throw CommandException.usage(
          "--config is given as NAME:key=value,… with the options of search, not '%s'"
              .formatted(config));
    }
    String settings = named ? config.substring(colon + 1) : config;
    List<String> options = new ArrayList<>(shared);
    if (!settings.isEmpty()) {
      for (String setting : settings.split(BETWEEN, -1)) {
        options.add("--" + setting.strip());
      }
    }
    try {
      return configuration(named ? config.substring(0, colon) : settings, options);
    } catch (ParameterException e) {
      throw CommandException.usage("--config %s: %s".formatted(config, e.getMessage()));
    }
  }

  private static EvaluationConfiguration configuration(String label, List<String> options) {
    RetrievalOptions retrieval = new RetrievalOptions();
    var unused = commandLine(retrieval).parseArgs(options.toArray(String[]::new));
    retrieval.check();
    return EvaluationConfiguration.newBuilder()
        .setLabel(label)
        .setRetrieval(retrieval.spec())
        .build();
  }

  /** The retrieval options among those of the command, as {@code --name=value}. */
  private static List<String> given(ParseResult own) {
    List<String> options = new ArrayList<>();
    for (OptionSpec option : commandLine(new RetrievalOptions()).getCommandSpec().options()) {
      String name = option.longestName();
      if (own.hasMatchedOption(name)) {
        own.matchedOption(name)
            .originalStringValues()
            .forEach(value -> options.add(name + "=" + value));
      }
    }
    return options;
  }

  private static CommandLine commandLine(RetrievalOptions options) {
    return new CommandLine(options)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOverwrittenOptionsAllowed(true);
  }
}
