package dev.ragline.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.document.CorpusId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallTest {
  @Test
  void atMost_laterThanTheDeadline_changesNothing() {
    Call call = Call.within(Duration.ZERO);
    assertThat(call.atMost(Duration.ofDays(1))).isSameAs(call);
    assertThatThrownBy(() -> call.check("search")).hasMessage("the deadline passed before search");
  }

  @Test
  void atMost_earlier_endsEarlierAndKeepsTheRest() {
    Meter meter = new Meter();
    CorpusId corpus = new CorpusId("c");
    Call call = Call.UNLIMITED.countedBy(meter).on(corpus).at(Priority.BATCH);
    Call share = call.atMost(Duration.ZERO);
    assertThat(share.isBounded()).isTrue();
    assertThat(call.isBounded()).isFalse();
    assertThat(share.meter()).isSameAs(meter);
    assertThat(share.corpus()).isEqualTo(corpus);
    assertThat(share.priority()).isEqualTo(Priority.BATCH);
  }

  @Test
  void check_interruptedThread_isCancelled() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> Call.UNLIMITED.check("search"))
          .hasMessage("cancelled before search");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void ofTraceparent_ofTheStandard_isRead() {
    String id = "4bf92f3577b34da6a3ce929d0e0e4736";
    assertThat(TraceId.ofTraceparent("00-" + id + "-00f067aa0ba902b7-01"))
        .contains(new TraceId(id));
    assertThat(TraceId.ofTraceparent("01-" + id + "-00f067aa0ba902b7-01-more"))
        .contains(new TraceId(id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736"
      })
  void ofTraceparent_other_isIgnored(String header) {
    assertThat(TraceId.ofTraceparent(header)).isEmpty();
  }

  @Test
  void random_isAlwaysOne() {
    for (int i = 0; i < 1000; i++) {
      assertThat(TraceId.random()).isNotEqualTo(TraceId.random());
    }
  }
}
