package dev.ragline.store;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** What every store promises; each store's test extends this. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
public abstract class ChunkStoreContract
    implements CorpusContract,
        DocumentContract,
        ExtremesContract,
        SearchContract,
        FilterContract,
        ConcurrencyContract {
  private ChunkStore store;

  /** Opens the store, empty when the test begins, afterwards with all that the test put in. */
  protected abstract ChunkStore open();

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStore() {
    // Null where what opens it was skipped.
    if (store != null) {
      store.close();
    }
  }

  @Override
  public ChunkStore store() {
    return store;
  }

  @Override
  public ChunkStore reopened() {
    store.close();
    store = open();
    return store;
  }
}
