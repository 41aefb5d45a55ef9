package dev.ragline.client.cli;

import dev.ragline.client.Names;

/** Resource names as people give them: whole, or by id alone. */
final class ResourceArguments {
  private ResourceArguments() {}

  /** {@code x} or {@code corpora/x}. */
  static String corpus(String given) {
    if (Names.isCorpus(given)) {
      return given;
    }
    try {
      return Names.corpus(given);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  /** A whole name, or an id in the corpus given beside it, which may be empty. */
  static String answer(String given, String corpus) {
    if (Names.isAnswer(given)) {
      return given;
    }
    if (corpus.isEmpty()) {
      throw CommandException.usage(
          "say which corpus answer '" + given + "' is in with --corpus, or give its whole name");
    }
    try {
      return Names.answer(Names.corpusId(corpus(corpus)), given);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  /** A whole name, or an id in the corpus given beside it, which may be empty. */
  static String document(String given, String corpus) {
    if (Names.isDocument(given)) {
      return given;
    }
    if (corpus.isEmpty()) {
      throw CommandException.usage(
          "say which corpus document '" + given + "' is in with --corpus, or give its whole name");
    }
    try {
      return Names.document(Names.corpusId(corpus(corpus)), given);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }
}
