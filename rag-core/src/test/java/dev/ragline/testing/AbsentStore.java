package dev.ragline.testing;

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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store that nobody can reach. */
public final class AbsentStore implements ChunkStore {
  @Override
  public void createCorpus(Corpus corpus) {
    throw away();
  }

  @Override
  public List<StoredCorpus> list(@Nullable CorpusId after, int limit) {
    throw away();
  }

  @Override
  public StoredCorpus corpus(CorpusId id) {
    throw away();
  }

  @Override
  public Corpus updateCorpus(CorpusId id, UnaryOperator<Corpus> change) {
    throw away();
  }

  @Override
  public void deleteCorpus(CorpusId id, Consumer<Optional<Corpus>> approve) {
    throw away();
  }

  @Override
  public CorpusSnapshot snapshot(CorpusId id, Freshness freshness, Call call) {
    throw away();
  }

  @Override
  public String replaceDocument(CorpusId id, DocumentRevision revision, Call call) {
    throw away();
  }

  @Override
  public String replaceDocument(Corpus corpus, DocumentRevision revision, Call call) {
    throw away();
  }

  @Override
  public Optional<String> deleteDocument(Corpus corpus, DocumentId document, Call call) {
    throw away();
  }

  @Override
  public Optional<String> deleteDocument(CorpusId id, DocumentId document, Call call) {
    throw away();
  }

  @Override
  public StoreHealth health() {
    return StoreHealth.AWAY;
  }

  @Override
  public void close() {}

  private static RagException away() {
    return RagException.unavailable("STORE_AWAY", "the store is away", Duration.ofSeconds(1), null);
  }
}
