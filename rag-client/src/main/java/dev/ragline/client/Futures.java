package dev.ragline.client;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** gRPC's futures as those of the JDK. */
final class Futures {
  private Futures() {}

  /** The call's result, converted; cancelling the future cancels the call. */
  static <R, T> CompletableFuture<T> bridge(
      ListenableFuture<R> call,
      Function<R, T> value,
      Function<Throwable, RuntimeException> failure) {
    CompletableFuture<T> future = new CompletableFuture<>();
    com.google.common.util.concurrent.Futures.addCallback(
        call,
        new FutureCallback<>() {
          @Override
          public void onSuccess(@Nullable R result) {
            future.complete(value.apply(Objects.requireNonNull(result)));
          }

          @Override
          public void onFailure(Throwable thrown) {
            future.completeExceptionally(failure.apply(thrown));
          }
        },
        MoreExecutors.directExecutor());
    var unused =
        future.whenComplete(
            (result, thrown) -> {
              if (future.isCancelled()) {
                call.cancel(true);
              }
            });
    return future;
  }
}
