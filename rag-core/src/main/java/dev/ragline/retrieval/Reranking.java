package dev.ragline.retrieval;

import dev.ragline.call.Call;
import dev.ragline.call.Stages;
import dev.ragline.document.Chunk;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.document.Warning;
import dev.ragline.parsing.Readings;
import dev.ragline.ranking.Reranker;
import dev.ragline.store.SearchText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the reranker read the best passages, as far as it is wanted and fits. */
final class Reranking {
  private static final Logger LOG = LoggerFactory.getLogger(Reranking.class);

  private static final Comparator<FusedCandidate> BEST_FIRST =
      Comparator.comparingDouble((FusedCandidate c) -> Objects.requireNonNull(c.scores().rerank()))
          .reversed()
          .thenComparing(c -> c.chunk().id());

  /** Of the time left, the part that is planned for and the part that is never exceeded. */
  private static final int PLANNED = 3;

  private static final int LONGEST = 2;

  private static final Duration UNBOUNDED = Duration.ofDays(1);

  private final @Nullable Reranker reranker;
  private final PassageCost cost;
  private final LongSupplier nanoTime;

  /**
   * @param reranker null for none
   * @param nanoTime a clock such as {@link System#nanoTime()}
   */
  Reranking(@Nullable Reranker reranker, PassageCost cost, LongSupplier nanoTime) {
    this.reranker = reranker;
    this.cost = cost;
    this.nanoTime = nanoTime;
  }

  /**
   * Refuses what can never be done.
   *
   * @throws RagException FAILED_PRECONDITION when a reranker is required and there is none
   */
  void check(Rerank wanted) {
    if (wanted.mode() == Rerank.Mode.REQUIRED && reranker == null) {
      throw RagException.failedPrecondition(
          "RERANKER_MISSING",
          "rerank.model",
          "this server has no reranker; start it with --reranker, or ask with OPTIONAL or OFF");
    }
  }

  /** Passages that will be read if all goes well. */
  int wanted(RetrievalSpec spec) {
    boolean on = reranker != null && spec.rerank().mode() != Rerank.Mode.OFF;
    return on ? Math.max(spec.rerank().candidates(), spec.limit()) : 0;
  }

  /**
   * Orders the best anew.
   *
   * @throws RagException when it is required and fails; DEADLINE_EXCEEDED and CANCELLED always
   */
  Reranked rerank(
      String question, List<FusedCandidate> ranking, RetrievalSpec spec, Stages stages, Call call) {
    Rerank.Mode mode = spec.rerank().mode();
    if (mode == Rerank.Mode.OFF) {
      return Reranked.not(ranking);
    }
    if (reranker == null) {
      return mode == Rerank.Mode.OPTIONAL
          ? Reranked.not(ranking, "RERANK_UNAVAILABLE", "this server has no reranker")
          : Reranked.not(ranking);
    }
    int most = Math.min(wanted(spec), ranking.size());
    if (most == 0) {
      return Reranked.not(ranking);
    }
    Reranker model = reranker;
    return stages.run(
        "rerank",
        done -> "%s, %d of %d passages".formatted(model.model(), done.read(), most),
        () ->
            mode == Rerank.Mode.REQUIRED
                ? readAll(model, question, ranking, most, call)
                : readWhatFits(model, question, ranking, most, call));
  }

  private Reranked readAll(
      Reranker model, String question, List<FusedCandidate> ranking, int count, Call call) {
    try {
      return read(model, question, ranking, count, call);
    } catch (RagException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new RagException(
          ErrorCode.INTERNAL, "RERANKER_FAILED", "the reranker, which is required, failed", e);
    }
  }

  private Reranked readWhatFits(
      Reranker model, String question, List<FusedCandidate> ranking, int most, Call call) {
    if (!call.isBounded()) {
      return readOrGiveUp(model, question, ranking, most, call, call);
    }
    Duration left = call.remaining(UNBOUNDED);
    int fitting = Math.min(most, cost.fitting(left.dividedBy(PLANNED)));
    if (fitting == 0) {
      cost.tookNone();
      return skipped(ranking);
    }
    Call share = call.atMost(left.dividedBy(LONGEST));
    Reranked done = readOrGiveUp(model, question, ranking, fitting, share, call);
    if (done.read() == 0 || fitting == most) {
      return done;
    }
    String message = "the deadline left time to rerank %d of %d passages".formatted(fitting, most);
    return new Reranked(done.ranking(), fitting, List.of(new Warning("RERANK_PARTIAL", message)));
  }

  private Reranked readOrGiveUp(
      Reranker model,
      String question,
      List<FusedCandidate> ranking,
      int count,
      Call share,
      Call call) {
    try {
      return read(model, question, ranking, count, share);
    } catch (RuntimeException e) {
      // What ends the whole question is no failure of the reranker.
      call.check("rerank");
      ErrorCode code = e instanceof RagException failure ? failure.code() : ErrorCode.INTERNAL;
      if (code == ErrorCode.CANCELLED) {
        throw e;
      }
      if (code == ErrorCode.DEADLINE_EXCEEDED) {
        cost.tookLonger();
        return skipped(ranking);
      }
      LOG.warn("reranking failed; the passages keep their order", e);
      return Reranked.not(
          ranking, "RERANK_FAILED", "the reranker failed: the passages were not reranked");
    }
  }

  private static Reranked skipped(List<FusedCandidate> ranking) {
    return Reranked.not(
        ranking, "RERANK_SKIPPED", "the deadline left no time to rerank the passages");
  }

  private static String text(Chunk chunk) {
    return SearchText.of(chunk, Readings.of(chunk).text());
  }

  private Reranked read(
      Reranker model, String question, List<FusedCandidate> ranking, int count, Call call) {
    List<FusedCandidate> front = ranking.subList(0, count);
    long start = nanoTime.getAsLong();
    double[] scores =
        model.score(question, front.stream().map(one -> text(one.chunk())).toList(), call);
    cost.took(count, Duration.ofNanos(nanoTime.getAsLong() - start));
    if (scores.length != count || !Arrays.stream(scores).allMatch(Double::isFinite)) {
      throw new IllegalStateException(model.model() + " gave no score to every passage");
    }
    List<FusedCandidate> ordered = new ArrayList<>(ranking.size());
    for (int i = 0; i < count; i++) {
      FusedCandidate one = front.get(i);
      ordered.add(new FusedCandidate(one.chunk(), one.scores().reranked(scores[i])));
    }
    ordered.sort(BEST_FIRST);
    ordered.addAll(ranking.subList(count, ranking.size()));
    return new Reranked(ordered, count, List.of());
  }
}
