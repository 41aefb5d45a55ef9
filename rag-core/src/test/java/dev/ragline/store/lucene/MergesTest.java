package dev.ragline.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.execution.Execution;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.MergeScheduler.MergeSource;
import org.apache.lucene.index.MergeTrigger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MergesTest {
  private final CountDownLatch release = new CountDownLatch(1);
  private final Execution execution = new Execution(1);
  private final Merges merges = new Merges(execution.background());

  @AfterEach
  void end() {
    release.countDown();
    execution.close();
  }

  /** An index with one merge, that runs its work when the merge's turn comes. */
  private record Pending(Runnable work, CountDownLatch taken) implements MergeSource {
    @Override
    public MergePolicy.@Nullable OneMerge getNextMerge() {
      taken.countDown();
      work.run();
      return null;
    }

    @Override
    public void onMergeFinished(MergePolicy.OneMerge merge) {}

    @Override
    public boolean hasPendingMerges() {
      return taken.getCount() > 0;
    }

    @Override
    public void merge(MergePolicy.OneMerge merge) {}
  }

  private Pending begin(Runnable work) {
    Pending index = new Pending(work, new CountDownLatch(1));
    merges.of(MergeListener.NONE).merge(index, MergeTrigger.FULL_FLUSH);
    return index;
  }

  private void hold() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void merge_longOneRuns_shortOneOfAnotherIndexRunsBeside() throws Exception {
    Pending large = begin(this::hold);
    assertThat(large.taken().await(1, TimeUnit.MINUTES)).isTrue();
    Pending small = begin(() -> {});
    assertThat(small.taken().await(1, TimeUnit.MINUTES)).isTrue();
  }
}
