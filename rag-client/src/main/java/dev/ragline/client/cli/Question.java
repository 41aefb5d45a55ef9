package dev.ragline.client.cli;

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

  RetrievalOptions retrieval() {
    return retrieval;
  }
}
