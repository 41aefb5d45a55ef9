package dev.ragline.server.doctor;

import dev.ragline.call.Call;
import dev.ragline.ranking.Reranker;

/** Asks the reranker which of two passages answers a question. */
public final class RerankerCheck implements Check {
  private final String place;
  private final Opener<Reranker> opener;

  /**
   * @param place its folder
   */
  public RerankerCheck(String place, Opener<Reranker> opener) {
    this.place = place;
    this.opener = opener;
  }

  @Override
  public String what() {
    return "reranker";
  }

  @Override
  public void run(Draft draft, Call call) {
    draft.at(place);
    draft.know(Fact.API, "onnx");
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
                      + " good passages will be put last. Take a folder whose model was trained to"
                      + " rank, and all of its files from one place.")
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
