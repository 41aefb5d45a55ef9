package dev.ragline.client.cli;

import dev.ragline.client.Names;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.CorpusState;

/** What people are told of a corpus that cannot be read and written. */
final class States {
  private States() {}

  /** Whether it can be; also where the server is too old to say. */
  static boolean isActive(Corpus corpus) {
    CorpusState state = corpus.getState();
    return state == CorpusState.CORPUS_STATE_ACTIVE
        || state == CorpusState.CORPUS_STATE_UNSPECIFIED;
  }

  /** In a word or two. */
  static String describe(Corpus corpus) {
    return switch (corpus.getState()) {
      case CORPUS_STATE_BROKEN -> "broken";
      case CORPUS_STATE_OTHER_VERSION -> "of another version";
      case CORPUS_STATE_ACTIVE, CORPUS_STATE_UNSPECIFIED -> "active";
      case UNRECOGNIZED -> "not served";
    };
  }

  /** For a note beside a table. */
  static String note(Corpus corpus) {
    return "corpus %s is %s: %s"
        .formatted(
            Names.corpusId(corpus.getName()),
            describe(corpus),
            Text.oneLine(corpus.getStateReason()));
  }
}
