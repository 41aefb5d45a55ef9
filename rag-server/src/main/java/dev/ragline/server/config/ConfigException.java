package dev.ragline.server.config;

/** What was configured makes no sense; the message is one line and names the key. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }

  static void require(boolean holds, String key, String problem) {
    if (!holds) {
      throw new ConfigException(key + " " + problem);
    }
  }
}
