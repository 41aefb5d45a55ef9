package dev.ragline.testing;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Stage;
import dev.ragline.retrieval.Passage;
import dev.ragline.retrieval.Retrieval;
import dev.ragline.retrieval.RetrievalSpec;
import dev.ragline.retrieval.Retriever;
import java.time.Duration;
import java.util.List;

/** Finds the same for every question. */
public record FakeRetriever(Retrieval retrieval) implements Retriever {
  public static final Stage SEARCH = new Stage("search", Duration.ofMillis(3), "fake");

  /** One that finds these passages, in a corpus that holds something. */
  public static FakeRetriever finding(List<Passage> passages) {
    return new FakeRetriever(new Retrieval(passages, false, List.of(), List.of(SEARCH)));
  }

  /** One whose corpus is empty. */
  public static FakeRetriever ofEmptyCorpus() {
    return new FakeRetriever(new Retrieval(List.of(), true, List.of(), List.of()));
  }

  @Override
  public Retrieval retrieve(CorpusId corpus, String question, RetrievalSpec spec, Call call) {
    return retrieval;
  }
}
