package dev.ragline.server.doctor;

import dev.ragline.call.Call;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.Vectors;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the embedding model for vectors, and whether they are of any use. */
public final class EmbeddingCheck implements Check {
  /** Rounding from call to call leaves two vectors of one text this alike. */
  private static final double SAME = 0.999;

  /** Two texts with different ends are never this alike, unless their ends were not read. */
  private static final double UNREAD = 0.9999;

  /** Left free by the adapter for what the model itself adds. */
  private static final int SPECIAL_TOKENS = 2;

  private final String what;
  private final Supplier<String> place;
  private final String api;
  private final Opener<OpenedEmbedder> opener;
  private volatile @Nullable EmbeddingModel model;

  /**
   * @param what {@code embedding}, with a number where there are several endpoints
   * @param place an origin or a folder; fails as the opener does where it cannot be told
   */
  public EmbeddingCheck(
      String what, Supplier<String> place, String api, Opener<OpenedEmbedder> opener) {
    this.what = what;
    this.place = place;
    this.api = api;
    this.opener = opener;
  }

  @Override
  public String what() {
    return what;
  }

  /** The model, once it has been opened. */
  public Optional<EmbeddingModel> model() {
    return Optional.ofNullable(model);
  }

  @Override
  public void run(Draft draft, Call call) {
    draft.know(Fact.API, api);
    draft.trying("opening the model");
    draft.at(place.get());
    try (OpenedEmbedder opened = opener.open(call)) {
      Embedder embedder = opened.embedder();
      model = embedder.model();
      describe(opened, draft);
      draft.trying("embedding a question");
      long began = System.nanoTime();
      var _ = embedder.embedQuestion(KnownPairs.QUESTIONS.getFirst(), call);
      Speed speed = Speed.since(began);
      draft.trying("embedding passages");
      List<float[]> passages = embedder.embedPassages(KnownPairs.PASSAGES, call);
      draft.answered(speed);
      compareWithItself(embedder, passages.getFirst(), draft, call);
      compareWithOthers(embedder, passages, draft, call);
      if (opened.whole() != null) {
        fillWindow(embedder, opened.whole(), draft, call);
      }
    }
  }

  private static void describe(OpenedEmbedder opened, Draft draft) {
    EmbeddingModel model = opened.embedder().model();
    draft.know(Fact.MODEL, model.name());
    draft.know(Fact.WINDOW, String.valueOf(model.maxTokens()));
    draft.know(Fact.DIMENSION, String.valueOf(model.dimension()));
    if (!opened.pooling().isEmpty()) {
      draft.know(Fact.POOLING, opened.pooling());
    }
    String question = shown(opened.questionPrefix());
    String passage = shown(opened.passagePrefix());
    draft.know(
        Fact.PREFIXES,
        opened.questionPrefix().isEmpty() && opened.passagePrefix().isEmpty()
            ? "none"
            : question + " / " + passage);
  }

  private static String shown(String prefix) {
    return prefix.isEmpty() ? "none" : "\"" + prefix.replace("\n", "⏎") + "\"";
  }

  /**
   * A text's vector must be the same each time, alone or among others.
   *
   * @param among the first passage's vector, which was asked for together with others
   */
  private static void compareWithItself(Embedder embedder, float[] among, Draft draft, Call call) {
    draft.trying("embedding the same passage again");
    List<String> alone = List.of(KnownPairs.PASSAGES.getFirst());
    float[] first = embedder.embedPassages(alone, call).getFirst();
    float[] second = embedder.embedPassages(alone, call).getFirst();
    double again = Vectors.cosine(first, second);
    double batched = Vectors.cosine(first, among);
    if (again < SAME) {
      draft.problem(
          ("The same text gives another vector each time (cosine %.3f), so answers will differ from"
               + " call to call. See whether several models or versions stand behind the address.")
              .formatted(again));
    } else if (batched < SAME) {
      draft.problem(
          ("A text gives another vector alone than in one request with others (cosine %.3f). Set"
                  + " embedding.batch-size to 1, or update the server of the model.")
              .formatted(batched));
    }
  }

  private static void compareWithOthers(
      Embedder embedder, List<float[]> passages, Draft draft, Call call) {
    draft.trying("comparing questions with passages");
    for (int i = 0; i < KnownPairs.QUESTIONS.size(); i++) {
      String asked = KnownPairs.QUESTIONS.get(i);
      float[] question = embedder.embedQuestion(asked, call).vector();
      double own = Vectors.cosine(question, passages.get(i));
      for (int j = 0; j < passages.size(); j++) {
        double other = Vectors.cosine(question, passages.get(j));
        if (j != i && other >= own) {
          draft.problem(
              ("The question '%s' is not nearer to its answer (%.2f) than to the passage '%s'"
                   + " (%.2f): search will find little. The pooling or the prefixes are not those"
                   + " of the model: compare them with its card.")
                  .formatted(asked, own, KnownPairs.PASSAGES.get(j), other));
          return;
        }
      }
    }
  }

  /** Sends what is the longest that is ever sent; a server may refuse it, or read half of it. */
  private static void fillWindow(
      Embedder embedder, OpenedEmbedder.WholeText whole, Draft draft, Call call) {
    int tokens = Math.max(1, embedder.model().maxTokens() - SPECIAL_TOKENS);
    draft.trying("embedding a text of " + tokens + " tokens");
    List<String> texts = KnownPairs.alikeUpToTheEnd(tokens, embedder::countTokens);
    try {
      float[] one = whole.embed(texts.getFirst(), call);
      float[] other = whole.embed(texts.getLast(), call);
      if (Vectors.cosine(one, other) > UNREAD) {
        draft.problem(
            ("The end of a text of %d tokens is not read, so what stands there is never found. Set"
                 + " embedding.max-tokens to what the model reads, or have its server read more.")
                .formatted(tokens));
      }
    } catch (RagException e) {
      if (e.code() == ErrorCode.DEADLINE_EXCEEDED || e.code() == ErrorCode.CANCELLED) {
        throw e;
      }
      draft.problem(
          ("A text of %d tokens, the longest that is sent, is refused: %s. Set embedding.max-tokens"
                  + " to what the model reads; until then each such text is read in halves.")
              .formatted(tokens, e.getMessage()));
    }
  }
}
