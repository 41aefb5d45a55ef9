package dev.ragline.openai;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * Keeps a call from sending its request again. The client does so by itself when a pooled
 * connection closes before the first byte of an answer; but the service may have read the request,
 * and how often it is asked is for those to decide who count tries. Connecting to another address
 * of the same host is not asking again.
 */
final class AskOnce {
  private AskOnce() {}

  /** What a request carries with it, whatever connection it goes to. */
  private record Asked(AtomicBoolean once) {}

  static OkHttpClient.Builder addTo(OkHttpClient.Builder client) {
    return client.addInterceptor(AskOnce::mark).addNetworkInterceptor(AskOnce::send);
  }

  private static Response mark(Interceptor.Chain chain) throws IOException {
    Asked asked = new Asked(new AtomicBoolean());
    return chain.proceed(chain.request().newBuilder().tag(Asked.class, asked).build());
  }

  private static Response send(Interceptor.Chain chain) throws IOException {
    Asked asked = chain.request().tag(Asked.class);
    if (asked != null && asked.once().getAndSet(true)) {
      throw new IOException("the connection closed before it answered");
    }
    return chain.proceed(chain.request());
  }
}
