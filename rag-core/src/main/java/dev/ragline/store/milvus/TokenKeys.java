package dev.ragline.store.milvus;

import dev.ragline.call.Call;
import dev.ragline.document.RagException;
import dev.ragline.store.ConsistencyTokens;
import java.time.Duration;
import java.util.List;

/**
 * Signs and checks consistency tokens by the keys in the registry. Servers that start together may
 * each have made one: the first signs, all are good, and one that is not known yet is looked for.
 */
final class TokenKeys {
  /** Forged tokens must not make a server read all the time. */
  private static final Duration LEAST_BETWEEN_READS = Duration.ofSeconds(5);

  private final Registry registry;
  private volatile List<ConsistencyTokens> keys;
  private volatile long readAt = System.nanoTime();

  TokenKeys(Registry registry, Call call) {
    this.registry = registry;
    this.keys = registry.tokenKeys(call);
  }

  String sign(String identity, WritePosition position) {
    return keys.getFirst().sign(identity, position.text());
  }

  /**
   * What a token stands for.
   *
   * @throws RagException INVALID_ARGUMENT for one that was not signed for this corpus
   */
  WritePosition position(String identity, String token, Call call) {
    try {
      return position(keys, identity, token);
    } catch (RagException e) {
      if (System.nanoTime() - readAt < LEAST_BETWEEN_READS.toNanos()) {
        throw e;
      }
      readAt = System.nanoTime();
      keys = registry.tokenKeys(call);
      return position(keys, identity, token);
    }
  }

  private static WritePosition position(
      List<ConsistencyTokens> keys, String identity, String token) {
    RagException refused = null;
    for (ConsistencyTokens key : keys) {
      try {
        return WritePosition.parse(key.position(identity, token));
      } catch (RagException e) {
        refused = e;
      }
    }
    throw refused == null ? new IllegalStateException("a registry without token keys") : refused;
  }
}
