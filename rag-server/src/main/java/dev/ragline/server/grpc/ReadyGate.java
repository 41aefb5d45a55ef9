package dev.ragline.server.grpc;

import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets a message pass only when the transport can take it: a slow reader stops its own stream's
 * work instead of filling the server's memory.
 */
final class ReadyGate<R> {
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  /**
   * Bytes that wait for the transport. With gRPC's own 32 KiB, which are many tokens, a stream
   * whose reader had stopped held half as much heap again.
   */
  static final int WAITING_BYTES = 4 << 10;

  private final ServerCallStreamObserver<R> stream;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  ReadyGate(ServerCallStreamObserver<R> stream) {
    this.stream = stream;
    stream.setOnReadyThreshold(WAITING_BYTES);
    stream.setOnReadyHandler(this::wake);
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends a message as soon as the caller can take it.
   *
   * @throws RagException CANCELLED or DEADLINE_EXCEEDED when that does not come
   */
  void send(R message, Call call) {
    lock.lock();
    try {
      while (!stream.isReady()) {
        call.check("send");
        if (stream.isCancelled()) {
          throw new RagException(ErrorCode.CANCELLED, "CANCELLED", "the caller went away");
        }
        long nanos = call.remaining(LONGEST_WAIT).toNanos();
        if (!changed.await(nanos, TimeUnit.NANOSECONDS)) {
          call.check("send");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      call.check("send");
    } finally {
      lock.unlock();
    }
    stream.onNext(message);
  }
}
