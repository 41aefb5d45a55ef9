package dev.ragline.server.doctor;

import dev.ragline.call.Call;
import dev.ragline.ranking.Reranker;

/** Asks the reranker which of two passages answers a question. */
public final class RerankerCheck implements Check {
  private final String what;
  private final String place;
  private final String api;
  private final Opener<Reranker> opener;

  /**
   * @param what {@code reranker}, with a number where there are several endpoints
   * @param place its folder, or its endpoint's origin
   */
  public RerankerCheck(String what, String place, String api, Opener<Reranker> opener) {
    this.what = what;
    this.place = place;
    this.api = api;
    this.opener = opener;
  }

  @Override
  public String what() {
    return what;
  }

  @Override
  public void run(Draft draft, Call call) {
    draft.at(place);
    draft.know(Fact.API, api);
    draft.trying("opening the model");
    try (Reranker reranker = opener.open(call)) {
      draft.know(Fact.MODEL, reranker.model());
      draft.trying("scoring passages");
      long began = System.nanoTime();
      double[] scores = reranker.score(KnownPairs.QUESTIONS.getFirst(), KnownPairs.PASSAGES, call);
      draft.answered(Speed.since(began));
      for (int i = 1; i < scores.length; i++) {
        if (!(scores[0] > scores[i])) {
          draft.problem(
              ("The passage '%s' gets no better score (%.3f) for '%s' than the passage '%s' (%.3f):"
                   + " good passages will be put last. Take a model that was trained to rank; all"
                   + " files of a folder must come from one place.")
                  .formatted(
                      KnownPairs.PASSAGES.getFirst(),
                      scores[0],
                      KnownPairs.QUESTIONS.getFirst(),
                      KnownPairs.PASSAGES.get(i),
                      scores[i]));
          return;
        }
      }
    }
  }
}
