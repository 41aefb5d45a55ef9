package dev.ragline.testing;

import dev.ragline.call.Call;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.Freshness;
import dev.ragline.store.StoreHealth;
import dev.ragline.store.StoredCorpus;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store as it is, but for what a test overrides. */
public class ForwardingStore implements ChunkStore {
  private final ChunkStore store;

  public ForwardingStore(ChunkStore store) {
    this.store = store;
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
  public String replaceDocument(CorpusId id, DocumentRevision revision, Call call) {
    return store.replaceDocument(id, revision, call);
  }

  @Override
  public String replaceDocument(Corpus corpus, DocumentRevision revision, Call call) {
    return store.replaceDocument(corpus, revision, call);
  }

  @Override
  public Optional<String> deleteDocument(CorpusId id, DocumentId document, Call call) {
    return store.deleteDocument(id, document, call);
  }

  @Override
  public Optional<String> deleteDocument(Corpus corpus, DocumentId document, Call call) {
    return store.deleteDocument(corpus, document, call);
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
