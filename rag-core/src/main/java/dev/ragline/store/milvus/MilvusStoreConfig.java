package dev.ragline.store.milvus;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which Milvus to keep corpora in, and how.
 *
 * @param uri {@code http://host:port}, or {@code https} for TLS
 * @param token an API key or {@code user:password}; empty sends none
 * @param database where the collections are
 * @param tls for https only
 * @param connectTimeout how long connecting may take
 * @param callTimeout how long one call may take whose caller would wait longer
 * @param prefix what the names of collections begin with: a letter or _, then letters, digits and _
 * @param index of the vectors of a collection that is created
 * @param shards of a collection that is created
 * @param replicas of a collection that is loaded
 * @param retention how long the rows of replaced documents stay, for those who still read them
 * @param abandoned after how long the rows of a write that never ended are removed
 */
public record MilvusStoreConfig(
    URI uri,
    String token,
    String database,
    Tls tls,
    Duration connectTimeout,
    Duration callTimeout,
    String prefix,
    IndexSettings index,
    int shards,
    int replicas,
    Duration retention,
    Duration abandoned) {

  /**
   * How to prove who is who; PEM files.
   *
   * @param caFile whom to trust; null for the platform's own authorities
   * @param certFile what this side shows, which goes with {@code caFile}; null to show nothing
   * @param keyFile the key of {@code certFile}
   * @param serverName the name that the other side must bear; null for the address's host
   */
  public record Tls(
      @Nullable Path caFile,
      @Nullable Path certFile,
      @Nullable Path keyFile,
      @Nullable String serverName) {
    /** What the platform trusts, and nothing to show. */
    public static final Tls DEFAULT = new Tls(null, null, null, null);

    public Tls {
      if ((certFile == null) != (keyFile == null)) {
        throw new IllegalArgumentException("a certificate goes with its key");
      }
      if (certFile != null && caFile == null) {
        throw new IllegalArgumentException("a certificate goes with whom to show it to");
      }
    }
  }

  /**
   * How vectors are indexed.
   *
   * @param type Milvus's name, for example {@code HNSW}
   * @param params what it is built with, for example {@code M} 16
   * @param searchParams what it is searched with, for example {@code ef} 128
   */
  public record IndexSettings(
      String type, Map<String, String> params, Map<String, String> searchParams) {
    /** What Milvus itself thinks best. */
    public static final IndexSettings DEFAULT = new IndexSettings("AUTOINDEX", Map.of(), Map.of());

    public IndexSettings {
      params = Map.copyOf(params);
      searchParams = Map.copyOf(searchParams);
    }
  }

  /** A Milvus without secrets, with everything else as usual. */
  public static MilvusStoreConfig of(URI uri) {
    return new MilvusStoreConfig(
        uri,
        "",
        "default",
        Tls.DEFAULT,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        "ragline",
        IndexSettings.DEFAULT,
        1,
        1,
        Duration.ofSeconds(30),
        Duration.ofMinutes(15));
  }

  /** What a log may hold: everything but the token. */
  @Override
  public String toString() {
    return "MilvusStoreConfig[uri=%s, database=%s, prefix=%s, index=%s]"
        .formatted(uri, database, prefix, index);
  }
}
