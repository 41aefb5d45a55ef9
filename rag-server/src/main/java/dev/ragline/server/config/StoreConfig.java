package dev.ragline.server.config;

import static dev.ragline.server.config.ConfigException.require;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;

/**
 * Where corpora are kept. All but the address and the open corpora is for Milvus only.
 *
 * @param address a folder for the embedded store, or the http(s) URL of a Milvus
 * @param token an API key or {@code user:password}; empty sends none
 * @param database where in Milvus; there already
 * @param caFile PEM file of whom to trust; empty for the platform's own authorities
 * @param certFile PEM file of what to show, with {@code caFile} only; empty to show nothing
 * @param keyFile PEM file of the certificate's key
 * @param serverName the name that the other side's certificate must bear; empty for the host's
 * @param connectSeconds how long connecting may take
 * @param callSeconds the longest that one call may take when its caller would wait longer
 * @param prefix what the names of collections begin with
 * @param index how vectors are indexed, by Milvus's name for it
 * @param indexParams what the index is built with, for example {@code M=16,efConstruction=200}
 * @param searchParams what the index is searched with, for example {@code ef=128}
 * @param retainSeconds how long rows of replaced documents stay for readers that still read them
 * @param abandonedSeconds after how long the rows of a write that never ended are removed
 * @param shards of a new collection
 * @param replicas of each collection in memory
 * @param maxOpenCorpora indexes that a folder's store has open at once, about
 */
public record StoreConfig(
    String address,
    String token,
    String database,
    String caFile,
    String certFile,
    String keyFile,
    String serverName,
    int connectSeconds,
    int callSeconds,
    String prefix,
    String index,
    String indexParams,
    String searchParams,
    int retainSeconds,
    int abandonedSeconds,
    int shards,
    int replicas,
    int maxOpenCorpora) {
  private static final int OPEN_CORPORA = 256;
  private static final String NO_ADDRESS =
      "is neither a folder nor an address such as http://localhost:19530";

  private static final List<String> INDEXES =
      List.of(
          "AUTOINDEX",
          "FLAT",
          "IVF_FLAT",
          "IVF_SQ8",
          "IVF_PQ",
          "IVF_RABITQ",
          "HNSW",
          "HNSW_SQ",
          "HNSW_PQ",
          "HNSW_PRQ",
          "SCANN",
          "DISKANN",
          "GPU_IVF_FLAT",
          "GPU_IVF_PQ",
          "GPU_BRUTE_FORCE",
          "GPU_CAGRA");

  public static final StoreConfig DEFAULT =
      new StoreConfig(
          "./data",
          "",
          "default",
          "",
          "",
          "",
          "",
          10,
          30,
          "ragline",
          "AUTOINDEX",
          "",
          "",
          30,
          900,
          1,
          1,
          OPEN_CORPORA);

  public StoreConfig {
    requireAddress(address);
    requireTls(address, caFile, "store.ca-file");
    requireTls(address, certFile, "store.cert-file");
    requireTls(address, keyFile, "store.key-file");
    requireTls(address, serverName, "store.server-name");
    require(!certFile.isBlank() || keyFile.isBlank(), "store.key-file", "wants store.cert-file");
    require(certFile.isBlank() || !keyFile.isBlank(), "store.cert-file", "wants store.key-file");
    require(certFile.isBlank() || !caFile.isBlank(), "store.cert-file", "wants store.ca-file");
    require(!database.isBlank(), "store.database", "is empty");
    require(connectSeconds > 0, "store.connect-seconds", "is less than 1");
    require(callSeconds > 0, "store.call-seconds", "is less than 1");
    require(
        prefix.matches("[A-Za-z_][A-Za-z0-9_]{0,31}"),
        "store.prefix",
        "is not 1 to 32 letters, digits and _, the first no digit");
    require(INDEXES.contains(index), "store.index", "is not one of " + String.join(", ", INDEXES));
    var _ = Parameters.parse("store.index-params", indexParams);
    var _ = Parameters.parse("store.search-params", searchParams);
    require(retainSeconds >= 10, "store.retain-seconds", "is less than 10");
    require(abandonedSeconds > 0, "store.abandoned-seconds", "is less than 1");
    require(shards > 0, "store.shards", "is less than 1");
    require(replicas > 0, "store.replicas", "is less than 1");
    require(maxOpenCorpora > 0, "store.max-open-corpora", "is less than 1");
    require(
        maxOpenCorpora == OPEN_CORPORA || !Addresses.isUrl(address),
        "store.max-open-corpora",
        "is for folders only, but store.address is a Milvus");
  }

  private static void requireAddress(String address) {
    require(!address.isBlank(), "store.address", "is empty");
    if (!Addresses.isUrl(address)) {
      require(!address.contains("://"), "store.address", NO_ADDRESS);
      return;
    }
    URI uri;
    try {
      uri = new URI(address);
    } catch (URISyntaxException e) {
      throw new ConfigException("store.address " + NO_ADDRESS);
    }
    require(uri.getRawUserInfo() == null, "store.address", "holds a user; say it by store.token");
    boolean bare = uri.getRawPath().replace("/", "").isEmpty() && uri.getRawQuery() == null;
    require(uri.getHost() != null && bare, "store.address", NO_ADDRESS);
  }

  private static void requireTls(String address, String value, String key) {
    require(value.isBlank() || address.startsWith("https://"), key, "is for https:// only");
  }

  /** Whether corpora are kept in Milvus, and not in a folder. */
  public boolean remote() {
    return Addresses.isUrl(address);
  }

  /** The index parameters by name. */
  public Map<String, String> indexParameters() {
    return Parameters.parse("store.index-params", indexParams);
  }

  /** The search parameters by name. */
  public Map<String, String> searchParameters() {
    return Parameters.parse("store.search-params", searchParams);
  }

  @Override
  public String toString() {
    return "StoreConfig[address=" + address + ", database=" + database + "]";
  }
}
