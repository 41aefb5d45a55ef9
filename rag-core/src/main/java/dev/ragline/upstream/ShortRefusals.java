package dev.ragline.upstream;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Reads of an answer that is no success so much as a message can show, and in no more time than a
 * service may be silent: the client would read it to its end, however long that is.
 */
final class ShortRefusals implements Interceptor {
  private static final long LONGEST = 64 << 10;

  private final Duration patience;

  ShortRefusals(Duration patience) {
    this.patience = patience;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    if (response.isSuccessful()) {
      return response;
    }
    try (ResponseBody whole = response.body()) {
      if (whole == null) {
        return response;
      }
      whole.source().timeout().deadline(patience.toNanos(), TimeUnit.NANOSECONDS);
      return response.newBuilder().body(beginning(response, whole)).build();
    }
  }

  private static ResponseBody beginning(Response response, ResponseBody whole) {
    try {
      return response.peekBody(LONGEST);
    } catch (IOException e) {
      // The status says what is wrong; its words are welcome but not needed.
      return ResponseBody.create(new byte[0], whole.contentType());
    }
  }
}
