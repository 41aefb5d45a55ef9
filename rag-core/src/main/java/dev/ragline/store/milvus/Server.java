package dev.ragline.store.milvus;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.RagException;
import io.milvus.v2.client.MilvusClientV2;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Milvus as far as it is the same for all corpora: what it can do, and the collections that they
 * share. Asked when it is first needed, so that a store opens before its server does.
 */
final class Server {
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");

  private final MilvusConnection connection;
  private final Names names;
  private final Schema schema;
  private final ReentrantLock preparing = new ReentrantLock();
  private volatile @Nullable Prepared prepared;

  /**
   * What was asked and made once.
   *
   * @param searchesWords whether it has BM25 functions
   * @param lite whether it is Milvus Lite, which searches fast only what was flushed
   */
  record Prepared(
      Registry registry, Table contents, boolean searchesWords, boolean lite, TokenKeys tokens) {}

  Server(MilvusConnection connection) {
    this.connection = connection;
    this.names = new Names(connection.config().prefix());
    this.schema = new Schema(connection);
  }

  MilvusConnection connection() {
    return connection;
  }

  MilvusStoreConfig config() {
    return connection.config();
  }

  Names names() {
    return names;
  }

  Schema schema() {
    return schema;
  }

  /** The rows of a corpus's chunks. */
  Table chunks(String collection) {
    return chunks(collection, Table.Owner.NOBODY);
  }

  /** The same; {@code owner} knows what failures mean. */
  Table chunks(String collection, Table.Owner owner) {
    return new Table(connection, collection, ChunkRows.ID, owner);
  }

  String alias(CorpusId id) {
    return names.alias(id);
  }

  /** The shared part, made when it is not there. */
  Prepared prepared(Call call) {
    Prepared now = prepared;
    if (now != null) {
      return now;
    }
    call.check("the store");
    Locks.lock(preparing, call);
    try {
      now = prepared;
      if (now == null) {
        now = prepare(call);
        prepared = now;
      }
      return now;
    } finally {
      preparing.unlock();
    }
  }

  private Prepared prepare(Call call) {
    String version =
        connection.call("asking for the version", call, MilvusClientV2::getServerVersion);
    boolean lite = version.contains("lite-");
    if (lite) {
      connection.turns().require();
    }
    schema.ensureRegistry(names.registry(), call);
    schema.ensureContents(names.contents(), call);
    Registry registry = new Registry(shared(names.registry(), Registry.KEY));
    Table contents = shared(names.contents(), ContentRows.KEY);
    return new Prepared(registry, contents, hasWords(version), lite, new TokenKeys(registry, call));
  }

  /** One of the collections that all share: when it is gone, all is made anew. */
  private Table shared(String name, String key) {
    return new Table(
        connection,
        name,
        key,
        (failure, call) -> {
          if (schema.exists(name, call)) {
            return failure;
          }
          prepared = null;
          return RagException.failedPrecondition(
              "COLLECTION_MISSING",
              "store",
              "somebody dropped the collection %s in Milvus, and with it what the store holds"
                  .formatted(name));
        });
  }

  /** BM25 came with 2.5; a version that cannot be read is taken for a newer one. */
  static boolean hasWords(String version) {
    Matcher found = VERSION.matcher(version);
    if (!found.find()) {
      return true;
    }
    int major = Integer.parseInt(found.group(1));
    return major > 2 || (major == 2 && Integer.parseInt(found.group(2)) >= 5);
  }

  /** Whether the server answers, and says that it is well. */
  boolean isHealthy(Call call) {
    return connection.call(
        "asking for health",
        call,
        client -> Boolean.TRUE.equals(client.checkHealth().getIsHealthy()));
  }
}
