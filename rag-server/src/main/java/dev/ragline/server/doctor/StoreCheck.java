package dev.ragline.server.doctor;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.StoredCorpus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Writes into the store, reads it back, and compares its corpora with the embedding model. */
public final class StoreCheck implements Check {
  /** So many corpora are named in one sentence. */
  private static final int NAMED = 5;

  private final String place;
  private final String api;
  private final StoreSource source;
  private final Function<ChunkStore, List<StoredCorpus>> corpora;
  private final Supplier<Optional<EmbeddingModel>> configured;

  /**
   * @param place a folder or an origin
   * @param corpora gives all corpora of a store
   * @param configured the embedding model that questions will be embedded by, where it answers
   */
  public StoreCheck(
      String place,
      String api,
      StoreSource source,
      Function<ChunkStore, List<StoredCorpus>> corpora,
      Supplier<Optional<EmbeddingModel>> configured) {
    this.place = place;
    this.api = api;
    this.source = source;
    this.corpora = corpora;
    this.configured = configured;
  }

  @Override
  public String what() {
    return "store";
  }

  @Override
  public void run(Draft draft, Call call) {
    draft.at(place);
    draft.know(Fact.API, api);
    draft.trying("opening it");
    source.use(store -> look(store, draft, call));
  }

  private void look(ChunkStore store, Draft draft, Call call) {
    draft.trying("listing its corpora");
    List<StoredCorpus> all = corpora.apply(store);
    tellBroken(all, draft);
    configured.get().ifPresent(model -> tellOtherModels(all, model, draft));
    all.stream()
        .map(StoredCorpus::id)
        .filter(ScratchCorpus::is)
        .forEach(
            id ->
                draft.note(
                    "The corpus %s was left by a rag doctor that was stopped. Delete it with: rag corpus delete %s"
                        .formatted(id, id)));
    draft.trying("writing and reading a corpus of its own");
    long began = System.nanoTime();
    if (new ScratchCorpus().tryOut(store, draft, call)) {
      draft.answered(Speed.since(began));
    } else {
      draft.problem(
          "It does not give back what was just written. Look at it with: rag store check");
    }
  }

  private static void tellBroken(List<StoredCorpus> all, Draft draft) {
    List<StoredCorpus.Broken> broken =
        all.stream()
            .filter(StoredCorpus.Broken.class::isInstance)
            .map(StoredCorpus.Broken.class::cast)
            .toList();
    broken.stream()
        .limit(NAMED)
        .forEach(
            corpus ->
                draft.problem(
                    "Corpus %s cannot be served: %s. What may be done says: rag store check"
                        .formatted(corpus.id(), corpus.fault().description())));
    if (broken.size() > NAMED) {
      draft.problem(
          "%d more corpora cannot be served. Which they are says: rag store check"
              .formatted(broken.size() - NAMED));
    }
  }

  private static void tellOtherModels(List<StoredCorpus> all, EmbeddingModel serving, Draft draft) {
    Map<EmbeddingModel, List<CorpusId>> others = new LinkedHashMap<>();
    for (StoredCorpus stored : all) {
      if (stored instanceof StoredCorpus.Active active && !ScratchCorpus.is(active.id())) {
        EmbeddingModel model = active.corpus().embeddingModel();
        if (!model.fingerprint().equals(serving.fingerprint())) {
          others.computeIfAbsent(model, each -> new ArrayList<>()).add(active.id());
        }
      }
    }
    others.forEach(
        (model, ids) ->
            draft.problem(
                ("%s made with the embedding model %s (%s), and %s (%s) is configured: questions to"
                     + " %s are refused. Configure that model, or ingest the documents again with"
                     + " --recreate.")
                    .formatted(
                        names(ids),
                        model.name(),
                        brief(model),
                        serving.name(),
                        brief(serving),
                        ids.size() == 1 ? "it" : "them")));
  }

  private static String names(List<CorpusId> ids) {
    if (ids.size() == 1) {
      return "Corpus " + ids.getFirst() + " was";
    }
    String first = String.join(", ", ids.stream().limit(NAMED).map(CorpusId::value).toList());
    return "Corpora %s%s were"
        .formatted(first, ids.size() > NAMED ? " and " + (ids.size() - NAMED) + " more" : "");
  }

  /** Enough of a fingerprint to tell it from another. */
  private static String brief(EmbeddingModel model) {
    String whole = model.fingerprint();
    return whole.substring(0, Math.min(16, whole.length()));
  }
}
