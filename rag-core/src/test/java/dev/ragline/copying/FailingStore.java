package dev.ragline.copying;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.RagException;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.DocumentRevision;
import dev.ragline.testing.ForwardingStore;
import java.util.concurrent.atomic.AtomicInteger;

/** A store some of whose writes fail. */
final class FailingStore extends ForwardingStore {
  private final AtomicInteger writes = new AtomicInteger();
  private final int first;
  private final int failures;
  private final RagException failure;

  /** Fails {@code failures} writes after {@code first} good ones. */
  FailingStore(ChunkStore store, int first, int failures, RagException failure) {
    super(store);
    this.first = first;
    this.failures = failures;
    this.failure = failure;
  }

  @Override
  public String replaceDocument(CorpusId id, DocumentRevision revision, Call call) {
    int write = writes.getAndIncrement();
    if (write >= first && write < first + failures) {
      throw failure;
    }
    return super.replaceDocument(id, revision, call);
  }
}
