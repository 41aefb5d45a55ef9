package dev.ragline.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import dev.ragline.retrieval.RetrievalSpec;
import dev.ragline.transform.Turn;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final CorpusId ONE = new CorpusId("one");
  private static final CorpusId TWO = new CorpusId("two");

  private final AtomicLong nanos = new AtomicLong();
  private final TimeMeter clock =
      new TimeMeter() {
        @Override
        public long currentTimeNanos() {
          return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
          return false;
        }
      };

  private Admission admission(int all, int corpus, int tokens, int corpusTokens) {
    return new Admission(new AdmissionLimits(0, 0, all, corpus, tokens, corpusTokens), clock);
  }

  private static void ask(Admission admission, CorpusId corpus, long tokens) {
    try (var admitted = admission.admit(corpus, RetrievalSpec.DEFAULT, Call.UNLIMITED)) {
      admitted.call().meter().countChat(tokens, 0, 0, tokens);
    }
  }

  private static Duration refused(Admission admission, CorpusId corpus, String subject) {
    RagException refusal =
        catchThrowableOfType(RagException.class, () -> ask(admission, corpus, 0));
    assertThat(refusal.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
    assertThat(refusal.reason()).isEqualTo("QUOTA_EXCEEDED");
    assertThat(refusal.details())
        .filteredOn(ErrorDetail.Quota.class::isInstance)
        .singleElement()
        .extracting(it -> ((ErrorDetail.Quota) it).subject())
        .isEqualTo(subject);
    return refusal.details().stream()
        .filter(ErrorDetail.Retry.class::isInstance)
        .map(it -> ((ErrorDetail.Retry) it).delay())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void admit_noQuotas_letsAllIn() {
    Admission admission = admission(0, 0, 0, 0);
    for (int i = 0; i < 10_000; i++) {
      ask(admission, ONE, 1_000_000);
    }
  }

  @Test
  void admit_questionsOfACorpus_areCountedByItselfAndComeBackEvenly() {
    Admission admission = admission(0, 3, 0, 0);
    for (int i = 0; i < 3; i++) {
      ask(admission, ONE, 0);
    }
    assertThat(refused(admission, ONE, "corpora/one")).isEqualTo(Duration.ofSeconds(20));
    ask(admission, TWO, 0);
    nanos.addAndGet(Duration.ofSeconds(20).toNanos());
    ask(admission, ONE, 0);
    refused(admission, ONE, "corpora/one");
  }

  @Test
  void admit_serversQuota_isSharedAndCostsTheCorpusNothing() {
    Admission admission = admission(2, 2, 0, 0);
    ask(admission, ONE, 0);
    ask(admission, TWO, 0);
    refused(admission, ONE, "this server");
    refused(admission, ONE, "this server");
    nanos.addAndGet(Duration.ofSeconds(30).toNanos());
    ask(admission, ONE, 0);
  }

  @Test
  void admit_tokens_areChargedAfterwardsAsDebt() {
    Admission admission = admission(0, 0, 0, 60);
    ask(admission, ONE, 59);
    ask(admission, ONE, 121);
    assertThat(refused(admission, ONE, "corpora/one")).isEqualTo(Duration.ofSeconds(121));
    ask(admission, TWO, 0);
    nanos.addAndGet(Duration.ofSeconds(121).toNanos());
    ask(admission, ONE, 0);
  }

  @Test
  void admit_workThatFails_isChargedToo() {
    Admission admission = admission(0, 0, 60, 0);
    assertThatThrownBy(
            () -> {
              try (var admitted = admission.admit(ONE, RetrievalSpec.DEFAULT, Call.UNLIMITED)) {
                admitted.call().meter().countChat(0, 0, 0, 60);
                throw new IllegalStateException("broken");
              }
            })
        .hasMessage("broken");
    refused(admission, TWO, "this server");
  }

  @Test
  void admit_tooMuchAskedFor_isRefusedAndNotCounted() {
    Admission admission = new Admission(new AdmissionLimits(5, 10, 1, 0, 0, 0), clock);
    RetrievalSpec spec = RetrievalSpec.DEFAULT;
    RetrievalSpec talkative =
        spec.withTransforms(spec.transforms().after(List.of(new Turn(Turn.Role.USER, "äöüäöü"))));
    assertThatThrownBy(() -> admission.admit(ONE, talkative, Call.UNLIMITED))
        .isInstanceOf(RagException.class)
        .hasMessage("history: has 12 bytes, and this server takes at most 10");
    RetrievalSpec greedy = new RetrievalSpec(6, spec.mode(), 100, spec.fusion(), spec.freshness());
    assertThatThrownBy(() -> admission.admit(ONE, greedy, Call.UNLIMITED))
        .hasMessage("retrieval.limit: this server gives at most 5 passages");
    ask(admission, ONE, 0);
  }
}
