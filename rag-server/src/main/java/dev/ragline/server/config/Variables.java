package dev.ragline.server.config;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The variables of the environment that are ours, and the keys that they stand for. */
final class Variables {
  private static final String PREFIX = "RAGLINE_";
  private static final String STORE = "store.";

  /** What the launcher, the client, the log and the tests read. */
  private static final Set<String> OTHERS =
      Set.of(
          "RAGLINE_CACHE",
          "RAGLINE_HEAP",
          "RAGLINE_HOME",
          "RAGLINE_JAVA_HOME",
          "RAGLINE_JAVA_OPTS",
          "RAGLINE_LAUNCHER",
          "RAGLINE_LOG",
          "RAGLINE_SERVER",
          "RAGLINE_TEST_DATA");

  /**
   * What Kubernetes and Docker tell each container of a service or container named ragline: {@code
   * RAGLINE_SERVICE_HOST}, {@code RAGLINE_PORT_50051_TCP_ADDR}. {@code RAGLINE_PORT} is also that
   * of the compose file.
   */
  private static final Pattern LINKS =
      Pattern.compile(
          "RAGLINE_([A-Z0-9_]+_)?"
              + "(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_\\d+_(TCP|UDP|SCTP)(_[A-Z]+)?)"
              + "|RAGLINE_PORT");

  private final Map<String, String> keys;
  private final Set<String> known;

  /**
   * @param keys of the configuration, such as {@code server.port}
   */
  Variables(Collection<String> keys) {
    this.keys = keys.stream().collect(Collectors.toMap(Variables::of, Function.identity()));
    this.known = new HashSet<>(OTHERS);
    known.addAll(this.keys.keySet());
    // The two stores of rag corpus copy.
    for (String key : keys) {
      if (key.startsWith(STORE) && !key.equals("store.address")) {
        known.add(of("from." + key.substring(STORE.length())));
        known.add(of("to." + key.substring(STORE.length())));
      }
    }
  }

  /** {@code server.port-file} as {@code RAGLINE_SERVER_PORT_FILE}. */
  private static String of(String key) {
    return PREFIX + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /**
   * The key that a variable stands for, or null for one that is not of the configuration.
   *
   * @throws ConfigException when it begins like ours and nothing reads it
   */
  @Nullable String key(String variable) {
    if (variable.startsWith(PREFIX)
        && !known.contains(variable)
        && !LINKS.matcher(variable).matches()) {
      throw new ConfigException(
          "the environment's %s is not known; did you mean %s?"
              .formatted(variable, Nearest.of(known, variable)));
    }
    return keys.get(variable);
  }
}
