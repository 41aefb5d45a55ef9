package dev.ragline.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.Sha256;
import dev.ragline.retrieval.RetrievalSpec.Mode;
import dev.ragline.store.Candidate;
import dev.ragline.store.Candidates;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FuserTest {
  private static Candidate candidate(String id, double score) {
    Chunk chunk =
        new Chunk(
            new ChunkId(new DocumentId(id), 0),
            Sha256.of(id),
            id,
            new ByteRange(0, id.length()),
            List.of());
    return new Candidate(chunk, score);
  }

  private static final Candidates FOUND =
      new Candidates(
          List.of(candidate("a", 0.9), candidate("b", 0.7), candidate("c", 0.4)),
          List.of(candidate("c", 8), candidate("d", 6), candidate("a", 4)));

  private static List<String> ids(List<FusedCandidate> ranking) {
    return ranking.stream().map(c -> c.chunk().id().document().value()).toList();
  }

  private static double fused(List<FusedCandidate> ranking, String id) {
    return ranking.stream()
        .filter(c -> c.chunk().id().document().value().equals(id))
        .mapToDouble(c -> c.scores().fused())
        .sum();
  }

  @Test
  void fuse_weighted_addsTheDenseScoreAndTheRelativeLexicalOne() {
    List<FusedCandidate> ranking =
        Fuser.fuse(FOUND, Mode.HYBRID, new Fusion.Weighted(0.6), Fusion.Weighted.DEFAULT);
    // The best BM25 is 8; d, which the dense search did not find, counts as close as c, its last.
    assertThat(ids(ranking)).containsExactly("a", "c", "d", "b");
    assertThat(fused(ranking, "a")).isCloseTo(0.6 * 0.9 + 0.4 * 4 / 8, within(1e-12));
    assertThat(fused(ranking, "c")).isCloseTo(0.6 * 0.4 + 0.4, within(1e-12));
    assertThat(fused(ranking, "d")).isCloseTo(0.6 * 0.4 + 0.4 * 6 / 8, within(1e-12));
    assertThat(fused(ranking, "b")).isCloseTo(0.6 * 0.7, within(1e-12));
  }

  @Test
  void fuse_reciprocalRank_isTheSumOfReciprocals() {
    List<FusedCandidate> ranking =
        Fuser.fuse(FOUND, Mode.HYBRID, new Fusion.ReciprocalRank(60), Fusion.Weighted.DEFAULT);
    // a: ranks 1 and 3; c: ranks 3 and 1, so a tie that the id decides; b and d: rank 2 of one.
    assertThat(ids(ranking)).containsExactly("a", "c", "b", "d");
    assertThat(fused(ranking, "a")).isCloseTo(1.0 / 61 + 1.0 / 63, within(1e-12));
    assertThat(fused(ranking, "c")).isCloseTo(1.0 / 61 + 1.0 / 63, within(1e-12));
    assertThat(fused(ranking, "b")).isCloseTo(1.0 / 62, within(1e-12));
    assertThat(fused(ranking, "d")).isCloseTo(1.0 / 62, within(1e-12));
  }

  @Test
  void fuse_weightsAtTheirEnds_rankByOneSearchFirst() {
    assertThat(ids(Fuser.fuse(FOUND, Mode.HYBRID, new Fusion.Weighted(1), Fusion.Weighted.DEFAULT)))
        .containsExactly("a", "b", "c", "d");
    assertThat(ids(Fuser.fuse(FOUND, Mode.HYBRID, new Fusion.Weighted(0), Fusion.Weighted.DEFAULT)))
        .containsExactly("c", "d", "a", "b");
  }

  @Test
  void fuse_oneSearch_keepsItsScoresAndHasNoOthers() {
    List<FusedCandidate> dense =
        Fuser.fuse(
            new Candidates(FOUND.dense(), List.of()),
            Mode.DENSE,
            Fusion.Weighted.DEFAULT,
            Fusion.Weighted.DEFAULT);
    assertThat(dense)
        .extracting(FusedCandidate::scores)
        .containsExactly(
            new Scores(0.9, null, null, 0.9),
            new Scores(0.7, null, null, 0.7),
            new Scores(0.4, null, null, 0.4));
    List<FusedCandidate> lexical =
        Fuser.fuse(
            new Candidates(List.of(), FOUND.lexical()),
            Mode.LEXICAL,
            Fusion.Weighted.DEFAULT,
            Fusion.Weighted.DEFAULT);
    assertThat(lexical)
        .extracting(FusedCandidate::scores)
        .containsExactly(
            new Scores(null, 8.0, null, 8),
            new Scores(null, 6.0, null, 6),
            new Scores(null, 4.0, null, 4));
  }

  @Test
  void fuse_equalScores_areOrderedByIdWhateverTheOrderFound() {
    List<Candidate> equal = new ArrayList<>();
    for (String id : List.of("e", "b", "d", "a", "c")) {
      equal.add(candidate(id, 1));
    }
    Random random = new Random(3);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(equal, random);
      List<FusedCandidate> ranking =
          Fuser.fuse(
              new Candidates(equal, equal),
              Mode.HYBRID,
              Fusion.Weighted.DEFAULT,
              Fusion.Weighted.DEFAULT);
      assertThat(ids(ranking)).as("seed 3, shuffle %d", i).containsExactly("a", "b", "c", "d", "e");
      assertThat(ranking).allSatisfy(c -> assertThat(c.scores().fused()).isEqualTo(1));
    }
  }

  @Test
  void fuse_negativeScores_keepTheirOrder() {
    Candidates found =
        new Candidates(
            List.of(candidate("a", -0.1), candidate("b", -0.3), candidate("c", -0.5)), List.of());
    List<FusedCandidate> ranking =
        Fuser.fuse(found, Mode.HYBRID, new Fusion.Weighted(0.5), Fusion.Weighted.DEFAULT);
    assertThat(ids(ranking)).containsExactly("a", "b", "c");
    assertThat(fused(ranking, "b")).isCloseTo(-0.15, within(1e-12));
  }

  @Test
  void fuse_byEvidence_vectorsWeighWhatTheyAreWorth() {
    Fusion.Weighted usual = Fusion.Weighted.DEFAULT;
    Fusion evidence = Fusion.Evidence.DEFAULT;
    assertThat(Fuser.fuse(FOUND, Mode.HYBRID, evidence, usual))
        .isEqualTo(Fuser.fuse(FOUND, Mode.HYBRID, usual, usual));
    assertThat(ids(Fuser.fuse(FOUND, Mode.HYBRID, evidence, usual.scaled(0, 4))))
        .as("by words, and what they do not tell apart by vectors")
        .containsExactly("c", "d", "a", "b");
    assertThat(ids(Fuser.fuse(FOUND, Mode.HYBRID, usual, usual.scaled(0, 4))))
        .as("a weight that was asked for")
        .isEqualTo(ids(Fuser.fuse(FOUND, Mode.HYBRID, usual, usual)));
  }

  @Test
  void scaled_worthAndStretch_areTheVectorsShare() {
    Fusion.Weighted usual = new Fusion.Weighted(0.75);
    assertThat(usual.scaled(1, 1)).isEqualTo(usual);
    assertThat(usual.scaled(1, 4).denseWeight()).isCloseTo(3 / 3.25, within(1e-12));
    assertThat(usual.scaled(0.5, 1).denseWeight()).isCloseTo(0.375, within(1e-12));
    assertThat(usual.scaled(0, 6).denseWeight()).isEqualTo(0.01);
  }

  @Test
  void fuse_nothingFound_isNothing() {
    Candidates nothing = new Candidates(List.of(), List.of());
    for (Mode mode : Mode.values()) {
      assertThat(Fuser.fuse(nothing, mode, Fusion.ReciprocalRank.DEFAULT, Fusion.Weighted.DEFAULT))
          .isEmpty();
      assertThat(Fuser.fuse(nothing, mode, Fusion.Weighted.DEFAULT, Fusion.Weighted.DEFAULT))
          .isEmpty();
    }
  }
}
