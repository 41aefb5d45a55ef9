package dev.ragline.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.ChunkId;
import dev.ragline.retrieval.CandidateTrace.Place;
import dev.ragline.store.Candidate;
import dev.ragline.testing.Passages;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceTest {
  private static final Evidence EVIDENCE = new Evidence(0.5, 0.6, 0.7, 0.8, 0.9);

  private final Trace trace = new Trace(true);

  private static Candidate found(int number, double score) {
    return new Candidate(Passages.of(number, "text " + number, List.of()).chunk(), score);
  }

  private static FusedCandidate ranked(int number, Scores scores) {
    return new FusedCandidate(found(number, 0).chunk(), scores);
  }

  private static ChunkId id(int number) {
    return found(number, 0).chunk().id();
  }

  @Test
  void done_everyStage_isTold() {
    Scores first = new Scores(0.9, 7.0, null, 1.5);
    Scores second = new Scores(0.9, 7.0, EVIDENCE, 0.75);
    trace.found(RankingStage.DENSE, List.of(found(1, 0.9)));
    trace.found(RankingStage.LEXICAL, List.of(found(2, 8), found(1, 7)));
    trace.ranked(
        RankingStage.FUSED, List.of(ranked(1, first), ranked(2, new Scores(null, 8.0, null, 1))));
    trace.dropped(List.of(ranked(2, first)), DropReason.NOT_IN_POOL);
    trace.ranked(RankingStage.EVIDENCE, List.of(ranked(1, second)));
    trace.ranked(RankingStage.RERANK, List.of(ranked(1, second.reranked(0.25))));
    trace.ranked(RankingStage.SELECTION, List.of(ranked(1, second.reranked(0.25))));

    assertThat(trace.done())
        .containsExactly(
            new CandidateTrace(
                id(1),
                Map.of(
                    RankingStage.DENSE, new Place(1, 0.9),
                    RankingStage.LEXICAL, new Place(2, 7.0),
                    RankingStage.FUSED, new Place(1, 1.5),
                    RankingStage.EVIDENCE, new Place(1, 0.75),
                    RankingStage.RERANK, new Place(1, 0.25),
                    RankingStage.SELECTION, new Place(1, null)),
                EVIDENCE,
                null),
            new CandidateTrace(
                id(2),
                Map.of(
                    RankingStage.LEXICAL, new Place(1, 8.0),
                    RankingStage.FUSED, new Place(2, 1.0)),
                null,
                DropReason.NOT_IN_POOL));
    assertThat(trace.done().getFirst().places().keySet()).containsExactly(RankingStage.values());
  }

  @Test
  void done_order_isWhatCameFarthestFirst() {
    Scores scores = new Scores(null, null, null, 1);
    trace.ranked(
        RankingStage.FUSED,
        List.of(ranked(5, scores), ranked(4, scores), ranked(3, scores), ranked(2, scores)));
    trace.ranked(RankingStage.EVIDENCE, List.of(ranked(3, scores), ranked(4, scores)));
    trace.ranked(RankingStage.SELECTION, List.of(ranked(4, scores)));
    assertThat(trace.done())
        .extracting(CandidateTrace::chunk)
        .containsExactly(id(4), id(3), id(5), id(2));
  }

  @Test
  void done_dropped_lastReasonCountsAndSilenceIsTheLimit() {
    trace.found(RankingStage.DENSE, List.of(found(1, 3), found(2, 2), found(3, 1)));
    trace.dropped(id(1), DropReason.NOT_IN_POOL);
    trace.dropped(id(1), DropReason.DUPLICATE);
    trace.dropped(id(9), DropReason.MIN_SCORE);
    trace.ranked(RankingStage.SELECTION, List.of(ranked(3, new Scores(1.0, null, null, 1))));
    assertThat(trace.done())
        .extracting(CandidateTrace::dropped)
        .containsExactly(null, DropReason.DUPLICATE, DropReason.BELOW_LIMIT);
  }

  @Test
  void ranked_sameStageAgain_keepsTheBetterRank() {
    trace.found(RankingStage.DENSE, List.of(found(1, 0.5), found(2, 0.4)));
    trace.found(RankingStage.DENSE, List.of(found(2, 0.3), found(1, 0.2)));
    assertThat(trace.done())
        .extracting(one -> one.places().get(RankingStage.DENSE))
        .containsExactly(new Place(1, 0.5), new Place(1, 0.3));
  }

  @Test
  void done_notWanted_isNothing() {
    Trace off = new Trace(false);
    off.found(RankingStage.DENSE, List.of(found(1, 1)));
    off.ranked(RankingStage.SELECTION, List.of(ranked(1, new Scores(1.0, null, null, 1))));
    off.dropped(id(1), DropReason.DUPLICATE);
    off.dropped(List.of(ranked(1, new Scores(1.0, null, null, 1))), DropReason.DUPLICATE);
    assertThat(off.done()).isEmpty();
  }
}
