package dev.ragline.server.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads several values out of one, such as {@code M=16,efConstruction=200}. */
final class Parameters {
  private static final Pattern PARAMETER = Pattern.compile("\\s*(\\w+)\\s*=\\s*([\\w.+-]+)\\s*");

  private Parameters() {}

  /**
   * The values by name, in order; none for blank text.
   *
   * @throws ConfigException naming {@code key} when the text is something else, or has a name twice
   */
  static Map<String, String> parse(String key, String text) {
    Map<String, String> values = new LinkedHashMap<>();
    if (text.isBlank()) {
      return values;
    }
    for (String part : text.split(",", -1)) {
      Matcher parameter = PARAMETER.matcher(part);
      if (!parameter.matches()) {
        throw new ConfigException(key + ": '" + part + "' is not of the form name=value");
      }
      if (values.put(parameter.group(1), parameter.group(2)) != null) {
        throw new ConfigException(key + " has " + parameter.group(1) + " twice");
      }
    }
    return values;
  }
}
