package dev.ragline.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ragline.document.Chunk;
import dev.ragline.testing.Passages;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingsTest {
  private static final List<Chunk> CHUNKS =
      Passages.of("a", "b", "c").stream().map(Passage::chunk).toList();

  private static FusedCandidate candidate(int chunk, double score) {
    return new FusedCandidate(CHUNKS.get(chunk), new Scores(score, null, null, score));
  }

  private static List<Chunk> order(List<FusedCandidate> ranking) {
    return ranking.stream().map(FusedCandidate::chunk).toList();
  }

  @Test
  void join_oneRanking_isItself() {
    List<FusedCandidate> ranking = List.of(candidate(1, 0.5), candidate(0, 0.4));
    assertThat(Rankings.join(List.of(ranking))).isSameAs(ranking);
  }

  @Test
  void join_twoRankings_scoresAreRootMeanSquares() {
    List<FusedCandidate> joined =
        Rankings.join(
            List.of(
                List.of(candidate(0, 0.8), candidate(1, 0.6)),
                List.of(candidate(1, 0.8), candidate(2, 0.2))));
    assertThat(order(joined)).containsExactly(CHUNKS.get(1), CHUNKS.get(0), CHUNKS.get(2));
    assertThat(joined.get(0).scores().fused()).isCloseTo(Math.sqrt(0.5), within(1e-12));
    assertThat(joined.get(1).scores().fused()).isCloseTo(Math.sqrt(0.32), within(1e-12));
    assertThat(joined.get(0).scores().dense()).as("of the query it fits best").isEqualTo(0.8);
  }

  @Test
  void join_queryThatFitsNothing_leavesTheOrder() {
    List<FusedCandidate> good = List.of(candidate(0, 0.8), candidate(1, 0.5), candidate(2, 0.4));
    List<FusedCandidate> vague = List.of(candidate(2, 0.3), candidate(1, 0.29), candidate(0, 0.1));
    assertThat(order(Rankings.join(List.of(good, vague)))).isEqualTo(order(good));
  }

  @Test
  void join_scoresBelowZero_keepTheirOrder() {
    List<FusedCandidate> first = List.of(candidate(0, -0.1), candidate(1, -0.9));
    List<FusedCandidate> second = List.of(candidate(0, -0.2), candidate(1, -1.2));
    assertThat(order(Rankings.join(List.of(first, second))))
        .containsExactly(CHUNKS.get(0), CHUNKS.get(1));
  }

  @Test
  void join_equalScores_areOrderedByChunk() {
    List<FusedCandidate> joined =
        Rankings.join(List.of(List.of(candidate(2, 0.5)), List.of(candidate(0, 0.5))));
    assertThat(order(joined)).containsExactly(CHUNKS.get(0), CHUNKS.get(2));
  }
}
