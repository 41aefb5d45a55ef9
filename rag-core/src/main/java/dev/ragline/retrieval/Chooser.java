package dev.ragline.retrieval;

import dev.ragline.call.Call;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.ranking.MarginalRelevance;
import dev.ragline.ranking.NearDuplicates;
import dev.ragline.retrieval.Chosen.Choice;
import dev.ragline.store.ChunkVectors;
import dev.ragline.store.CorpusSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes passages of ranked candidates, one after the other, until there are enough. A candidate is
 * compared with those alone that became passages before it, so nothing is left out for the sake of
 * what was left out itself. For one question.
 */
final class Chooser {
  private final CorpusSnapshot snapshot;
  private final Selection selection;
  private final int limit;
  private final Expander expander;
  private final Call call;

  private final List<Taken> taken = new ArrayList<>();
  private final List<Dropped> dropped = new ArrayList<>();
  private final Map<DocumentId, Integer> perDocument = new HashMap<>();
  private final NearDuplicates texts = new NearDuplicates();

  private record Taken(
      FusedCandidate candidate,
      Document document,
      List<ChunkId> collapsed,
      @Nullable ExpandedText expanded) {}

  /** The way through candidates by index: the next one, -1 at the end; and which ones are taken. */
  private record Order(IntSupplier next, IntConsumer take) {}

  Chooser(CorpusSnapshot snapshot, Selection selection, int limit, Expander expander, Call call) {
    this.snapshot = snapshot;
    this.selection = selection;
    this.limit = limit;
    this.expander = expander;
    this.call = call;
  }

  /** Chooses; used once. */
  Chosen choose(List<FusedCandidate> ranking) {
    List<FusedCandidate> candidates = ranking.stream().filter(this::isGoodEnough).toList();
    Order order = order(candidates);
    for (int i = order.next().getAsInt(); i >= 0; i = order.next().getAsInt()) {
      FusedCandidate candidate = candidates.get(i);
      DropReason reason = reasonToDrop(candidate, i);
      if (reason != null) {
        dropped.add(new Dropped(candidate, reason));
      } else {
        take(candidate);
        order.take().accept(i);
      }
    }
    List<Choice> choices =
        taken.stream()
            .map(t -> new Choice(t.candidate(), t.document(), t.collapsed(), t.expanded()))
            .toList();
    return new Chosen(choices, dropped);
  }

  private boolean isGoodEnough(FusedCandidate candidate) {
    Double least = selection.minScore();
    double score = candidate.scores().fused();
    if (least == null || score >= least) {
      return true;
    }
    dropped.add(new Dropped(candidate, DropReason.MIN_SCORE));
    return false;
  }

  /**
   * Why a candidate cannot be taken now.
   *
   * @param index its place in the ranking
   */
  private @Nullable DropReason reasonToDrop(FusedCandidate candidate, int index) {
    Chunk chunk = candidate.chunk();
    if (expander.hasGiven(chunk.id())) {
      return DropReason.IN_EXPANDED_TEXT;
    }
    int same = selection.collapse() ? texts.ownerOf(chunk.text()) : -1;
    if (same >= 0) {
      taken.get(same).collapsed().add(chunk.id());
      return DropReason.DUPLICATE;
    }
    int most = selection.maxPerDocument();
    if (most > 0 && perDocument.getOrDefault(chunk.id().document(), 0) >= most) {
      return DropReason.TOO_MANY_OF_DOCUMENT;
    }
    if (taken.size() < limit) {
      return null;
    }
    return index < limit ? DropReason.DIVERSITY : DropReason.BELOW_LIMIT;
  }

  private void take(FusedCandidate candidate) {
    call.check("select");
    Chunk chunk = candidate.chunk();
    DocumentId id = chunk.id().document();
    Document document =
        snapshot
            .document(id)
            .orElseThrow(() -> new IllegalStateException("a chunk without its document"));
    ExpandedText expanded = expander.expand(chunk, document);
    if (selection.collapse()) {
      List<Chunk> given = expanded == null ? List.of(chunk) : expanded.chunks();
      given.forEach(one -> texts.add(taken.size(), one.text()));
    }
    perDocument.merge(id, 1, Integer::sum);
    taken.add(new Taken(candidate, document, new ArrayList<>(), expanded));
  }

  private Order order(List<FusedCandidate> candidates) {
    if (!selection.diversifies() || candidates.size() < 2) {
      int[] at = {0};
      return new Order(() -> at[0] < candidates.size() ? at[0]++ : -1, any -> {});
    }
    List<ChunkId> ids = candidates.stream().map(candidate -> candidate.chunk().id()).toList();
    List<float[]> vectors = snapshot.vectors(ids).stream().map(ChunkVectors::vector).toList();
    MarginalRelevance mmr =
        new MarginalRelevance(relevance(candidates), vectors, selection.mmrLambda());
    return new Order(mmr::next, mmr::take);
  }

  /** Each score as a share of the best; where none is above zero, or a reranker ranked, by rank. */
  private static double[] relevance(List<FusedCandidate> candidates) {
    boolean reranked = candidates.stream().anyMatch(c -> c.scores().rerank() != null);
    double best =
        reranked ? 0 : candidates.stream().mapToDouble(c -> c.scores().fused()).max().orElse(0);
    double[] relevance = new double[candidates.size()];
    for (int i = 0; i < relevance.length; i++) {
      double score = candidates.get(i).scores().fused();
      relevance[i] = best > 0 ? Math.max(0, score / best) : 1.0 / (i + 1);
    }
    return relevance;
  }
}
