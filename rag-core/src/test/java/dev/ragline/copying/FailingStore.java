package dev.ragline.copying;

import dev.ragline.call.Call;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.RagException;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.Freshness;
import dev.ragline.store.StoreHealth;
import dev.ragline.store.StoredCorpus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store some of whose writes fail. */
record FailingStore(
    ChunkStore store, AtomicInteger writes, int first, int failures, RagException failure)
    implements ChunkStore {

  /** Fails {@code failures} writes after {@code first} good ones. */
  FailingStore(ChunkStore store, int first, int failures, RagException failure) {
    this(store, new AtomicInteger(), first, failures, failure);
  }

  @Override
  public String replaceDocument(CorpusId id, DocumentRevision revision, Call call) {
    int write = writes.getAndIncrement();
    if (write >= first && write < first + failures) {
      throw failure;
    }
    return store.replaceDocument(id, revision, call);
  }

  @Override
  public void createCorpus(Corpus corpus) {
    store.createCorpus(corpus);
  }

  @Override
  public List<StoredCorpus> list(@Nullable CorpusId after, int limit) {
    return store.list(after, limit);
  }

  @Override
  public StoredCorpus corpus(CorpusId id) {
    return store.corpus(id);
  }

  @Override
  public Corpus updateCorpus(CorpusId id, UnaryOperator<Corpus> change) {
    return store.updateCorpus(id, change);
  }

  @Override
  public void deleteCorpus(CorpusId id, Consumer<Optional<Corpus>> approve) {
    store.deleteCorpus(id, approve);
  }

  @Override
  public CorpusSnapshot snapshot(CorpusId id, Freshness freshness, Call call) {
    return store.snapshot(id, freshness, call);
  }

  @Override
  public Optional<String> deleteDocument(CorpusId id, DocumentId document, Call call) {
    return store.deleteDocument(id, document, call);
  }

  @Override
  public StoreHealth health() {
    return store.health();
  }

  @Override
  public void close() {
    store.close();
  }
}
