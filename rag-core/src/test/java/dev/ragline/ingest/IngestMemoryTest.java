package dev.ragline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IngestMemoryTest {
  private final IngestMemory memory = new IngestMemory(100);
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void add_onlyDocument_mayBeLargerThanAllThereIs() {
    try (IngestMemory.Share alone = memory.share()) {
      for (int i = 0; i < 5; i++) {
        alone.add(90, asked::incrementAndGet);
      }
      assertThat(asked).hasValue(5);
    }
    assertThat(memory.used()).isZero();
  }

  @Test
  void add_newDocumentWithoutRoom_isRefusedForNow() {
    IngestMemory.Share first = memory.share();
    try (IngestMemory.Share second = memory.share()) {
      first.add(90, asked::incrementAndGet);
      RagException refused =
          catchThrowableOfType(RagException.class, () -> second.add(20, asked::incrementAndGet));
      assertThat(refused.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
      assertThat(refused.reason()).isEqualTo("INGEST_MEMORY_FULL");
      first.close();
      second.add(20, asked::incrementAndGet);
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void add_laterDocumentWithoutRoom_waitsUntilTheFirstIsGone() {
    IngestMemory.Share first = memory.share();
    try (IngestMemory.Share second = memory.share()) {
      first.add(40, () -> {});
      second.add(40, asked::incrementAndGet);
      assertThat(asked).as("80 are held, 40 more do not fit").hasValue(0);
      // The first goes on, however much it takes.
      first.add(40, asked::incrementAndGet);
      assertThat(asked).hasValue(1);
      first.close();
      assertThat(asked).as("the second is asked for more").hasValue(2);
    }
    assertThat(memory.used()).isZero();
  }

  @Test
  void take_withoutRoom_endsWithTheCall() {
    try (IngestMemory.Share first = memory.share();
        IngestMemory.Share second = memory.share()) {
      first.add(90, () -> {});
      RagException late =
          catchThrowableOfType(
              RagException.class, () -> second.take(20, Call.within(Duration.ofMillis(1))));
      assertThat(late.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    }
    assertThat(memory.used()).isZero();
  }

  @Test
  void take_roomComes_goesOn() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    IngestMemory.Share first = memory.share();
    try (IngestMemory.Share second = memory.share()) {
      first.add(90, () -> {});
      Thread taker =
          Thread.ofVirtual()
              .start(
                  () -> {
                    begun.countDown();
                    second.take(20, Call.UNLIMITED);
                  });
      begun.await();
      first.close();
      taker.join();
      assertThat(memory.used()).isEqualTo(20);
    }
  }

  @Test
  void close_twiceAndAddAfterwards_countsNothing() {
    IngestMemory.Share share = memory.share();
    share.add(50, () -> {});
    share.close();
    share.close();
    share.add(50, asked::incrementAndGet);
    assertThat(asked).hasValue(0);
    assertThat(memory.used()).isZero();
  }

  @Test
  void give_whatAnotherWaitsFor_letsItGoOn() {
    try (IngestMemory.Share first = memory.share();
        IngestMemory.Share second = memory.share()) {
      first.add(60, () -> {});
      second.add(30, asked::incrementAndGet);
      assertThat(asked).hasValue(0);
      first.give(60);
      assertThat(asked).hasValue(1);
      assertThat(memory.used()).isEqualTo(30);
    }
    assertThat(memory.used()).isZero();
  }

  @Test
  void give_all_isStillOnItsWayAndNotRefused() {
    try (IngestMemory.Share first = memory.share();
        IngestMemory.Share second = memory.share()) {
      first.add(10, () -> {});
      second.add(20, () -> {});
      second.give(20);
      first.add(85, () -> {});
      second.add(20, asked::incrementAndGet);
      assertThat(asked).as("waits, and is not refused as a new one").hasValue(0);
      first.give(95);
      assertThat(asked).hasValue(1);
    }
    assertThat(memory.used()).isZero();
  }

  @Test
  void give_afterTheEnd_countsNothing() {
    IngestMemory.Share share = memory.share();
    share.add(50, () -> {});
    share.close();
    share.give(50);
    assertThat(memory.used()).isZero();
  }
}
