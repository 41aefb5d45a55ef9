package dev.ragline.store.milvus;

import dev.ragline.call.Call;
import dev.ragline.document.Consistency;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.RagException;
import dev.ragline.store.CorpusFault;
import dev.ragline.store.StoredCorpus;
import dev.ragline.store.milvus.Head.Stamp;
import dev.ragline.store.milvus.Steps.Step;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes and deletes the corpora of a Milvus, also those that cannot be used. */
final class CorpusChanges {
  /** Why a corpus cannot be opened that can be deleted. */
  private static final Set<String> UNUSABLE =
      Set.of(
          CorpusRow.COLLECTION_MISSING,
          "COLLECTION_MISMATCH",
          CorpusFault.BROKEN,
          CorpusFault.OTHER_VERSION);

  private final Server server;
  private final Aliases aliases;
  private final Cleaner cleaner;
  private final Steps steps;
  private final Corpora corpora;

  CorpusChanges(Server server, Aliases aliases, Cleaner cleaner, Steps steps, Corpora corpora) {
    this.server = server;
    this.aliases = aliases;
    this.cleaner = cleaner;
    this.steps = steps;
    this.corpora = corpora;
  }

  /** Why a corpus cannot be used that failed so; the failure itself where it tells nothing. */
  StoredCorpus broken(CorpusId id, RagException failure) {
    if (!UNUSABLE.contains(failure.reason())) {
      throw failure;
    }
    FoundRow row =
        server.prepared(Call.UNLIMITED).registry().live(id, Call.UNLIMITED).stream()
            .findAny()
            .orElseThrow(() -> failure);
    CorpusRow settings = row.row();
    return new StoredCorpus.Broken(
        id, settings == null ? null : settings.corpus(), fault(row, failure));
  }

  private static CorpusFault fault(FoundRow found, RagException failure) {
    CorpusRow row = found.row();
    CorpusFault fault = found.fault();
    if (row != null && failure.reason().equals(CorpusRow.COLLECTION_MISSING)) {
      return row.collectionMissingFault();
    }
    return fault == null ? CorpusFault.damaged(String.valueOf(failure.getMessage())) : fault;
  }

  /** Changes a corpus's settings; of two servers that do so at the same time, one wins. */
  Corpus update(CorpusId id, UnaryOperator<Corpus> change) {
    OpenCorpus corpus = currentAndFresh(id);
    SettingsPublication publication = new SettingsPublication(change, false);
    WritePosition _ = corpus.publish(0, publication, Call.UNLIMITED);
    return corpus.known().corpus();
  }

  private OpenCorpus currentAndFresh(CorpusId id) {
    OpenCorpus corpus = corpora.current(id, Call.UNLIMITED);
    View view = corpus.view(Consistency.STRONG, null, Call.UNLIMITED);
    if (view.settings().deleted()) {
      throw RagException.corpusNotFound(id);
    }
    return corpus;
  }

  /** Deletes a corpus; its id is free at once, its rows are removed when nobody reads them. */
  void delete(CorpusId id, Consumer<Optional<Corpus>> approve) {
    CorpusRow gone;
    try {
      gone = deleteOpen(id, approve);
    } catch (RagException e) {
      if (!UNUSABLE.contains(e.reason())) {
        throw e;
      }
      gone = deleteUnusable(id, approve);
    }
    steps.done(Step.END_OF_CORPUS_WRITTEN);
    aliases.drop(server.alias(id), gone.collection(), Call.UNLIMITED);
    steps.done(Step.NAME_FREED);
    cleaner.later(gone);
  }

  private CorpusRow deleteOpen(CorpusId id, Consumer<Optional<Corpus>> approve) {
    OpenCorpus corpus = currentAndFresh(id);
    UnaryOperator<Corpus> approved =
        now -> {
          approve.accept(Optional.of(now));
          return now;
        };
    WritePosition _ = corpus.publish(0, new SettingsPublication(approved, true), Call.UNLIMITED);
    corpora.forget(id);
    return corpus.known().settings();
  }

  private CorpusRow deleteUnusable(CorpusId id, Consumer<Optional<Corpus>> approve) {
    Registry registry = server.prepared(Call.UNLIMITED).registry();
    FoundRow found =
        registry.live(id, Call.UNLIMITED).stream()
            .findAny()
            .orElseThrow(() -> RagException.corpusNotFound(id));
    CorpusRow row = found.row();
    approve.accept(Optional.ofNullable(row).map(CorpusRow::corpus));
    long now = System.currentTimeMillis();
    Stamp stamp = new Stamp(Math.max(found.stamp().time() + 1, now << 18), found.stamp().writer());
    CorpusRow gone =
        row == null
            ? UnreadableCorpus.end(server.names().chunks(id, found.identity()), found, stamp)
            : row.next(row.corpus(), true, stamp);
    long _ = registry.put(gone, now, Call.UNLIMITED);
    corpora.forget(id);
    return gone;
  }

  private final class SettingsPublication implements OpenCorpus.Publication {
    private final UnaryOperator<Corpus> change;
    private final boolean delete;
    private @Nullable CorpusRow row;

    SettingsPublication(UnaryOperator<Corpus> change, boolean delete) {
      this.change = change;
      this.delete = delete;
    }

    @Override
    public long publish(View before, Stamp stamp) {
      CorpusRow now = before.settings();
      Corpus changed = change.apply(now.corpus());
      if (!changed.id().equals(now.corpus().id())) {
        throw new IllegalArgumentException("a corpus keeps its id");
      }
      CorpusRow next = now.next(changed, delete, stamp);
      row = next;
      return server
          .prepared(Call.UNLIMITED)
          .registry()
          .put(next, System.currentTimeMillis(), Call.UNLIMITED);
    }

    @Override
    public View after(View now, Stamp stamp) {
      return now.with(java.util.Objects.requireNonNull(row));
    }
  }
}
