package dev.ragline.client.cli;

import dev.ragline.v1.RetrievalSpec;
import dev.ragline.v1.Turn;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A question to a corpus. */
final class Question {
  @Parameters(
      paramLabel = "QUESTION",
      arity = "1..*",
      description = "The question; several words need no quotes.")
  private List<String> words = List.of();

  @Option(
      names = "--corpus",
      required = true,
      paramLabel = "NAME",
      description = "The corpus to ask.")
  private String corpus = "";

  @Option(
      names = "--query",
      paramLabel = "TEXT",
      description =
          "Search for this, too: the question in other words, or another one; can be repeated, up"
              + " to 8 times.")
  private List<String> queries = List.of();

  @Mixin private final HistoryOptions history = new HistoryOptions();

  @Mixin private final RetrievalOptions retrieval = new RetrievalOptions();

  void check() {
    retrieval.check();
    if (text().isBlank()) {
      throw CommandException.usage("the question is empty");
    }
  }

  String text() {
    return String.join(" ", words);
  }

  /** The corpus's resource name. */
  String corpus() {
    return ResourceArguments.corpus(corpus);
  }

  /** How passages are found for it. */
  RetrievalSpec spec() {
    return retrieval.spec().toBuilder().addAllQueries(queries).build();
  }

  /** What was said before. */
  List<Turn> history() {
    return history.turns();
  }
}
