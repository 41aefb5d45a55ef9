package dev.ragline.server.config;

/**
 * Where corpora are kept.
 *
 * @param address a folder for the embedded store
 */
public record StoreConfig(String address) {
  public static final StoreConfig DEFAULT = new StoreConfig("./data");

  public StoreConfig {
    ConfigException.require(!address.isBlank(), "store.address", "is empty");
  }
}
