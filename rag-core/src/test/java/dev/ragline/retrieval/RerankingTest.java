package dev.ragline.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.call.Call;
import dev.ragline.call.Stages;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.document.Stage;
import dev.ragline.document.Warning;
import dev.ragline.testing.FakeReranker;
import dev.ragline.testing.Passages;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class RerankingTest {
  private static final int CANDIDATES = 20;

  /** The later, the shorter. */
  private static final List<FusedCandidate> RANKING =
      IntStream.range(0, CANDIDATES)
          .mapToObj(
              i ->
                  new FusedCandidate(
                      Passages.of(i + 1, "x".repeat(CANDIDATES - i), List.of()).chunk(),
                      new Scores(null, null, null, 1.0 / (i + 1))))
          .toList();

  private final FakeReranker model = new FakeReranker();
  private final PassageCost cost = new PassageCost();
  private final Stages stages = new Stages(Call.UNLIMITED);
  private long now;

  private Reranked rerank(Rerank.Mode mode, int candidates, Call call) {
    return rerank(new Reranking(model, cost, () -> now), mode, candidates, call);
  }

  private Reranked rerank(Reranking reranking, Rerank.Mode mode, int candidates, Call call) {
    RetrievalSpec spec = RetrievalSpec.DEFAULT.withRerank(new Rerank(mode, candidates));
    return reranking.rerank("q", RANKING, spec, stages, call);
  }

  private static List<FusedCandidate> lastFirst(int count) {
    return RANKING.subList(0, count).reversed();
  }

  private static void assertOrder(Reranked reranked, int read) {
    assertThat(reranked.read()).isEqualTo(read);
    assertThat(reranked.ranking().stream().limit(read).map(FusedCandidate::chunk))
        .containsExactlyElementsOf(lastFirst(read).stream().map(FusedCandidate::chunk).toList());
    assertThat(reranked.ranking().stream().limit(read).map(one -> one.scores().rerank()))
        .doesNotContainNull();
    assertThat(reranked.ranking().stream().skip(read))
        .containsExactlyElementsOf(RANKING.subList(read, CANDIDATES));
  }

  private static List<String> codes(Reranked reranked) {
    return reranked.warnings().stream().map(Warning::code).toList();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "OFF")
  void rerank_timeEnough_ordersTheBestAndLeavesTheRest(Rerank.Mode mode) {
    Reranked reranked = rerank(mode, 8, Call.within(Duration.ofMinutes(1)));
    assertOrder(reranked, 8);
    assertThat(reranked.warnings()).isEmpty();
    assertThat(stages.done())
        .extracting(Stage::name, Stage::detail)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("rerank", "fake-reranker, 8 of 8 passages"));
  }

  @Test
  void rerank_off_readsNothing() {
    assertThat(rerank(Rerank.Mode.OFF, 8, Call.UNLIMITED)).isEqualTo(Reranked.not(RANKING));
    assertThat(model.calls()).isEmpty();
    assertThat(stages.done()).isEmpty();
  }

  @Test
  void rerank_fewerCandidatesThanTheLimit_readsAsManyAsTheLimit() {
    assertOrder(rerank(Rerank.Mode.OPTIONAL, 1, Call.UNLIMITED), RetrievalSpec.DEFAULT.limit());
    assertOrder(rerank(Rerank.Mode.OPTIONAL, 1000, Call.UNLIMITED), CANDIDATES);
  }

  @Test
  void rerank_equalScores_areOrderedByChunk() {
    model.behave((passages, _) -> new double[passages.size()]);
    assertThat(rerank(Rerank.Mode.OPTIONAL, CANDIDATES, Call.UNLIMITED).ranking())
        .isSortedAccordingTo((a, b) -> a.chunk().id().compareTo(b.chunk().id()));
  }

  @Test
  void rerank_noReranker_isSaidToWhoAskedForOne() {
    Reranking none = new Reranking(null, cost, () -> now);
    assertThat(rerank(none, Rerank.Mode.WHERE_THERE_IS_ONE, 8, Call.UNLIMITED))
        .isEqualTo(Reranked.not(RANKING));
    Reranked optional = rerank(none, Rerank.Mode.OPTIONAL, 8, Call.UNLIMITED);
    assertThat(codes(optional)).containsExactly("RERANK_UNAVAILABLE");
    assertOrder(optional, 0);
    none.check(new Rerank(Rerank.Mode.OPTIONAL, 8));
    assertThatThrownBy(() -> none.check(new Rerank(Rerank.Mode.REQUIRED, 8)))
        .isInstanceOfSatisfying(
            RagException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
              assertThat(e.reason()).isEqualTo("RERANKER_MISSING");
            });
  }

  @Test
  void rerank_slowModel_readsWhatAThirdOfTheTimeAllows() {
    model.behave(
        (passages, _) -> {
          now += Duration.ofSeconds(4).toNanos() * passages.size();
          return shortestFirst(passages);
        });
    assertOrder(rerank(Rerank.Mode.OPTIONAL, 8, Call.UNLIMITED), 8);
    // A third of a bit less than a minute is four times four seconds and something.
    Reranked reranked = rerank(Rerank.Mode.OPTIONAL, 8, Call.within(Duration.ofMinutes(1)));
    assertOrder(reranked, 4);
    assertThat(reranked.warnings())
        .containsExactly(
            new Warning("RERANK_PARTIAL", "the deadline left time to rerank 4 of 8 passages"));
    Reranked required = rerank(Rerank.Mode.REQUIRED, 8, Call.within(Duration.ofMinutes(1)));
    assertOrder(required, 8);
  }

  @Test
  void rerank_notEvenOneFits_keepsTheOrderAndForgetsInTime() {
    cost.took(1, Duration.ofSeconds(21));
    Reranked reranked = rerank(Rerank.Mode.OPTIONAL, 8, Call.within(Duration.ofMinutes(1)));
    assertOrder(reranked, 0);
    assertThat(codes(reranked)).containsExactly("RERANK_SKIPPED");
    assertThat(model.calls()).isEmpty();
    // One moment under load does not end reranking for ever.
    assertOrder(rerank(Rerank.Mode.OPTIONAL, 8, Call.within(Duration.ofMinutes(1))), 1);
  }

  @Test
  void rerank_modelSlowerThanMeasured_isStoppedAtHalfOfTheTime() {
    cost.took(1, Duration.ofNanos(1));
    model.behave(
        (passages, call) -> {
          while (true) {
            call.check("rerank");
            LockSupport.parkNanos(call.remaining(Duration.ofMillis(1)).toNanos());
          }
        });
    Call call = Call.within(Duration.ofSeconds(2));
    Reranked reranked = rerank(Rerank.Mode.OPTIONAL, 8, call);
    assertOrder(reranked, 0);
    assertThat(codes(reranked)).containsExactly("RERANK_SKIPPED");
    call.check("what comes after");
    Call required = Call.within(Duration.ofMillis(50));
    assertThatThrownBy(() -> rerank(Rerank.Mode.REQUIRED, 8, required))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
  }

  @Test
  void rerank_modelThatFails_isForgivenUnlessRequired() {
    List<FakeReranker.Behaviour> failures =
        List.of(
            (_, _) -> {
              throw new IllegalStateException("inference failed");
            },
            (_, _) -> new double[1],
            (passages, _) -> {
              double[] scores = new double[passages.size()];
              Arrays.fill(scores, Double.NaN);
              return scores;
            });
    for (FakeReranker.Behaviour failure : failures) {
      model.behave(failure);
      for (Call call : List.of(Call.UNLIMITED, Call.within(Duration.ofMinutes(1)))) {
        Reranked reranked = rerank(Rerank.Mode.OPTIONAL, 8, call);
        assertOrder(reranked, 0);
        assertThat(codes(reranked)).containsExactly("RERANK_FAILED");
      }
      assertThatThrownBy(() -> rerank(Rerank.Mode.REQUIRED, 8, Call.UNLIMITED))
          .isInstanceOfSatisfying(
              RagException.class, e -> assertThat(e.reason()).isEqualTo("RERANKER_FAILED"));
    }
  }

  @Test
  void rerank_cancelled_endsTheQuestion() {
    model.behave(
        (_, call) -> {
          Thread.currentThread().interrupt();
          call.check("rerank");
          throw new AssertionError();
        });
    try {
      assertThatThrownBy(() -> rerank(Rerank.Mode.OPTIONAL, 8, Call.UNLIMITED))
          .isInstanceOfSatisfying(
              RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    } finally {
      var _ = Thread.interrupted();
    }
  }

  @Test
  void rerank_candidatesOutOfRange_areRefused() {
    for (int candidates : new int[] {0, -1, 1001}) {
      assertThatThrownBy(() -> new Rerank(Rerank.Mode.OPTIONAL, candidates))
          .hasMessageContaining("retrieval.rerank.candidates");
    }
  }

  private static double[] shortestFirst(List<String> passages) {
    return passages.stream().mapToDouble(passage -> 1.0 / (1 + passage.length())).toArray();
  }
}
