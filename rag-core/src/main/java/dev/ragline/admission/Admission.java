package dev.ragline.admission;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import dev.ragline.call.Call;
import dev.ragline.call.Meter;
import dev.ragline.document.CorpusId;
import dev.ragline.document.RagException;
import dev.ragline.retrieval.RetrievalSpec;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * Lets questions in that the limits allow, and charges what language models used for them. A
 * question is let in while anything is left of the tokens, as nobody knows before what it will
 * take; what it took too much, the next ones wait for. Safe for many threads.
 */
public final class Admission {
  /** Quotas of corpora that nobody has asked for that long are as good as new. */
  private static final Duration IDLE = Duration.ofHours(1);

  private static final int MOST_CORPORA = 10_000;

  private final AdmissionLimits limits;
  private final Quotas all;
  private final LoadingCache<CorpusId, Quotas> corpora;

  /** What a subject has. */
  private record Quotas(Quota questions, Quota tokens) {
    static Quotas of(String subject, int questions, int tokens, TimeMeter clock) {
      return new Quotas(
          new Quota(subject, "questions", questions, clock),
          new Quota(subject, "tokens of language models", tokens, clock));
    }
  }

  /** Limits by the system's clock. */
  public Admission(AdmissionLimits limits) {
    this(limits, TimeMeter.SYSTEM_NANOTIME);
  }

  Admission(AdmissionLimits limits, TimeMeter clock) {
    this.limits = limits;
    this.all =
        Quotas.of("this server", limits.questionsPerMinute(), limits.tokensPerMinute(), clock);
    this.corpora =
        CacheBuilder.newBuilder()
            .maximumSize(MOST_CORPORA)
            .expireAfterAccess(IDLE)
            .build(
                CacheLoader.from(
                    (CorpusId corpus) ->
                        Quotas.of(
                            corpus.resourceName(),
                            limits.corpusQuestionsPerMinute(),
                            limits.corpusTokensPerMinute(),
                            clock)));
  }

  /**
   * Lets a question in. What is worked for it is charged when that is closed.
   *
   * @throws RagException INVALID_ARGUMENT for what asks for too much, RESOURCE_EXHAUSTED with
   *     reason QUOTA_EXCEEDED
   */
  Admitted admit(CorpusId corpus, RetrievalSpec spec, Call call) {
    limits.check(spec);
    Quotas own = corpora.getUnchecked(corpus);
    own.tokens.requireAny();
    all.tokens.requireAny();
    own.questions.take();
    try {
      all.questions.take();
    } catch (RagException e) {
      own.questions.giveBack();
      throw e;
    }
    Meter meter = call.meter().inner();
    return new Admitted(
        call.countedBy(meter),
        () -> {
          own.tokens.charge(meter.billed());
          all.tokens.charge(meter.billed());
        });
  }

  /**
   * A question that was let in.
   *
   * @param call whose use of models is counted for the quotas
   * @param charge what it used, however the work ends
   */
  record Admitted(Call call, Runnable charge) implements AutoCloseable {
    @Override
    public void close() {
      charge.run();
    }
  }
}
