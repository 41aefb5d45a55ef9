package dev.ragline.testing.milvus;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The servers that the test classes of a JVM share, each started when first asked for and ended
 * with the JVM. Who stops or kills one makes its own instead, and so does who minds what others
 * leave behind; the rest keep to names of their own.
 */
public final class Milvus {
  private static final Shared LITE = new Shared(MilvusLite::started);
  private static final Shared STANDALONE = new Shared(() -> MilvusStandalone.started(false));
  private static final Shared AUTHORIZED = new Shared(() -> MilvusStandalone.started(true));

  private Milvus() {}

  /** The shared Milvus Lite. */
  public static MilvusServer lite() {
    return LITE.get();
  }

  /** The shared standalone that lets anybody in. */
  public static MilvusServer standalone() {
    return STANDALONE.get();
  }

  /** The shared standalone that wants a token. */
  public static MilvusServer standaloneWithAuthorization() {
    return AUTHORIZED.get();
  }

  private static final class Shared {
    private final Supplier<? extends MilvusServer> start;
    private @Nullable MilvusServer server;

    Shared(Supplier<? extends MilvusServer> start) {
      this.start = start;
    }

    synchronized MilvusServer get() {
      MilvusServer shared = server;
      if (shared == null) {
        shared = start.get();
        server = shared;
        Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
      } else if (!shared.runs()) {
        shared.restart();
      }
      return shared;
    }
  }
}
