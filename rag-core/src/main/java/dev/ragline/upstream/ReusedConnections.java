package dev.ragline.upstream;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Sends each request once, and once more on a fresh connection where a reused one closed before a
 * byte of the answer came (RFC 9112, 9.3.1): servers close what is idle, many after five seconds,
 * and a client learns of it when it writes. Any other failure may come after the service has read
 * the request; how often it is asked then is for those to decide who count tries.
 */
final class ReusedConnections {
  private static final int MOST_IDLE = 5;

  /** Shorter than the five seconds after which llama.cpp and all on uvicorn close a connection. */
  private static final long LONGEST_IDLE_SECONDS = 4;

  private final ConnectionPool pool =
      new ConnectionPool(MOST_IDLE, LONGEST_IDLE_SECONDS, TimeUnit.SECONDS);
  private final Set<Connection> used =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private ReusedConnections() {}

  /** One sending of a request, which it carries with it to whatever connection it goes. */
  private static final class Sending {
    /** Connecting to another address of the same host is no second sending. */
    private volatile boolean sent;

    private volatile boolean metClosedDoor;
  }

  /** Has a client deal so with its connections. */
  static OkHttpClient.Builder addTo(OkHttpClient.Builder client) {
    ReusedConnections connections = new ReusedConnections();
    return client
        .connectionPool(connections.pool)
        .addInterceptor(connections::call)
        .addNetworkInterceptor(connections::send);
  }

  private Response call(Interceptor.Chain chain) throws IOException {
    Sending sending = new Sending();
    try {
      return chain.proceed(carrying(sending, chain.request()));
    } catch (IOException e) {
      if (!sending.metClosedDoor || chain.call().isCanceled()) {
        throw e;
      }
    }
    // Others that were idle as long are closed as well.
    pool.evictAll();
    return chain.proceed(carrying(new Sending(), chain.request()));
  }

  private static Request carrying(Sending sending, Request request) {
    return request.newBuilder().tag(Sending.class, sending).build();
  }

  private Response send(Interceptor.Chain chain) throws IOException {
    Sending sending = chain.request().tag(Sending.class);
    Connection connection = chain.connection();
    if (sending == null || connection == null) {
      return chain.proceed(chain.request());
    }
    if (sending.sent) {
      // The client itself sends again, and does not ask how often.
      throw new IOException("the connection closed before it answered");
    }
    sending.sent = true;
    boolean reused = !used.add(connection);
    try {
      return chain.proceed(chain.request());
    } catch (IOException e) {
      sending.metClosedDoor = reused && !(e instanceof InterruptedIOException);
      throw e;
    }
  }
}
