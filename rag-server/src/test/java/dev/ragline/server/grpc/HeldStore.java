package dev.ragline.server.grpc;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Freshness;
import dev.ragline.testing.ForwardingStore;
import java.util.concurrent.CountDownLatch;

/** A store that does not answer for the corpus {@code held}, from when it is told to. */
final class HeldStore extends ForwardingStore {
  static final CorpusId HELD = new CorpusId("held");

  private final CountDownLatch release = new CountDownLatch(1);
  private volatile boolean holding;

  HeldStore(ChunkStore store) {
    super(store);
  }

  void hold() {
    holding = true;
  }

  void release() {
    release.countDown();
  }

  @Override
  public CorpusSnapshot snapshot(CorpusId id, Freshness freshness, Call call) {
    if (holding && id.equals(HELD)) {
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        call.check("the store answers");
      }
    }
    return super.snapshot(id, freshness, call);
  }
}
