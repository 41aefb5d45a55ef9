package dev.ragline.testing.milvus;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What a proxy does to each chunk of bytes. */
final class Weather {
  private Duration delay = Duration.ZERO;
  private boolean hanging;

  synchronized void clear() {
    delay = Duration.ZERO;
    hanging = false;
    notifyAll();
  }

  synchronized void delay(Duration delay) {
    this.delay = delay;
    notifyAll();
  }

  synchronized void hang() {
    hanging = true;
    notifyAll();
  }

  /** Returns when a chunk that has just come may go on; a change of weather counts at once. */
  synchronized void hold() throws InterruptedException {
    long began = System.nanoTime();
    while (true) {
      long left = delay.toNanos() - (System.nanoTime() - began);
      if (hanging) {
        wait();
      } else if (left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } else {
        return;
      }
    }
  }
}
