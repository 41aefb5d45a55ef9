package dev.ragline.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the configuration together: defaults, then the YAML file, then the environment, then flags;
 * what comes later wins. A key that nothing knows is refused with the nearest known one. A list is
 * a list in the file, and parted by commas elsewhere.
 */
public final class ConfigLoader {
  private static final Set<String> FOR_FOLDERS = Set.of("store.address", "store.max-open-corpora");

  private final ObjectMapper mapper =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE).build();
  private final ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
  private final ObjectNode tree = mapper.valueToTree(RaglineConfig.DEFAULT);
  private final Map<String, JsonNode> known = flatten(tree);

  /**
   * Loads the configuration.
   *
   * @param file a YAML file, or null for none
   * @param flags values by key, for example {@code server.port}
   * @throws ConfigException when a key is unknown or a value makes no sense
   */
  public static RaglineConfig load(
      @Nullable Path file, Map<String, String> environment, Map<String, String> flags) {
    ConfigLoader loader = new ConfigLoader();
    if (file != null) {
      loader.overlayFile(file);
    }
    loader.overlayEnvironment(environment);
    flags.forEach(loader::set);
    RaglineConfig config = loader.bind();
    if (!config.store().remote()) {
      loader.requireNothingForMilvus(config.store().address());
    }
    return config;
  }

  /**
   * Looks at the environment where its variables are not for this configuration.
   *
   * @throws ConfigException when one begins like ours and nothing reads it
   */
  public static void requireKnownVariables(Map<String, String> environment) {
    Variables variables = new Variables(new ConfigLoader().known.keySet());
    environment.keySet().stream().sorted().forEach(variables::key);
  }

  /** The keys of a section, without its name. */
  public static List<String> keys(String section) {
    return new ConfigLoader()
        .tree.get(section).properties().stream().map(Map.Entry::getKey).toList();
  }

  private static Map<String, JsonNode> flatten(JsonNode tree) {
    Map<String, JsonNode> flat = new TreeMap<>();
    tree.properties()
        .forEach(
            section ->
                section
                    .getValue()
                    .properties()
                    .forEach(e -> flat.put(section.getKey() + "." + e.getKey(), e.getValue())));
    return flat;
  }

  private void overlayFile(Path file) {
    JsonNode content;
    try {
      content = yaml.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new ConfigException(file + " is not YAML: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new ConfigException(file + " cannot be read");
    }
    if (!content.isObject() && !isNothing(content)) {
      throw new ConfigException(file + " is not a mapping of sections such as server");
    }
    for (Map.Entry<String, JsonNode> section : content.properties()) {
      if (isNothing(section.getValue()) && tree.has(section.getKey())) {
        continue;
      }
      if (!section.getValue().isObject()) {
        throw new ConfigException(
            file
                + ": "
                + section.getKey()
                + " is not a section of keys; "
                + nearest(section.getKey()));
      }
      for (Map.Entry<String, JsonNode> entry : section.getValue().properties()) {
        String key = section.getKey() + "." + entry.getKey();
        if (isNothing(entry.getValue())) {
          requireKnown(key);
        } else if (entry.getValue().isArray() && requireKnown(key).isArray()) {
          setAll(key, entry.getValue(), file);
        } else if (entry.getValue().isValueNode()) {
          set(key, entry.getValue().asText());
        } else {
          throw new ConfigException(file + ": " + key + " is not a plain value");
        }
      }
    }
  }

  /** Whether nothing is written there, which leaves things as they are. */
  private static boolean isNothing(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private void overlayEnvironment(Map<String, String> environment) {
    Variables variables = new Variables(known.keySet());
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              String key = variables.key(name);
              if (key != null) {
                set(key, value);
              }
            });
  }

  private JsonNode requireKnown(String key) {
    JsonNode before = known.get(key);
    if (before == null) {
      throw new ConfigException(key + " is not a known key; " + nearest(key));
    }
    return before;
  }

  private void set(String key, String value) {
    JsonNode before = requireKnown(key);
    int dot = key.indexOf('.');
    ObjectNode section = (ObjectNode) tree.get(key.substring(0, dot));
    String name = key.substring(dot + 1);
    if (before.isArray()) {
      ArrayNode list = section.putArray(name);
      if (!value.isBlank()) {
        Arrays.stream(value.split(",", -1)).map(String::strip).forEach(list::add);
      }
    } else if (before.isInt()) {
      try {
        section.put(name, Integer.parseInt(value.strip()));
      } catch (NumberFormatException e) {
        throw new ConfigException(key + ": '" + value + "' is not a whole number");
      }
    } else {
      section.put(name, value);
    }
  }

  /** A list of the file, whose entries may hold commas. */
  private void setAll(String key, JsonNode values, Path file) {
    int dot = key.indexOf('.');
    ArrayNode list =
        ((ObjectNode) tree.get(key.substring(0, dot))).putArray(key.substring(dot + 1));
    for (JsonNode value : values) {
      if (!value.isValueNode()) {
        throw new ConfigException(file + ": " + key + " is not a list of plain values");
      }
      list.add(value.isNull() ? "" : value.asText().strip());
    }
  }

  private String nearest(String key) {
    return "did you mean " + Nearest.of(known.keySet(), key) + "?";
  }

  /** What a folder has no use for is refused, as whoever said it counts on it. */
  private void requireNothingForMilvus(String folder) {
    for (Map.Entry<String, JsonNode> entry : tree.withObject("/store").properties()) {
      String key = "store." + entry.getKey();
      if (!FOR_FOLDERS.contains(key) && !entry.getValue().equals(known.get(key))) {
        throw new ConfigException(
            key + " is for Milvus only, but store.address is the folder " + folder);
      }
    }
  }

  private RaglineConfig bind() {
    try {
      return mapper.treeToValue(tree, RaglineConfig.class);
    } catch (ValueInstantiationException e) {
      if (e.getCause() instanceof ConfigException problem) {
        throw problem;
      }
      throw new IllegalStateException("the configuration's own shape does not bind", e);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the configuration's own shape does not bind", e);
    }
  }
}
