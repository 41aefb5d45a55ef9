package dev.ragline.client.cli;

import dev.ragline.client.RagClient;
import dev.ragline.v1.Answer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rag answer}: shows an answer again. */
@Command(
    name = "answer",
    description = {
      "Shows an answer again that was given before, as ask did.",
      "A server holds its answers for a while: for minutes in memory, and for a day on an embedded"
          + " store."
    },
    footer = {
      "",
      "Exits with 4 when there was no answer in the corpus.",
      "",
      "Examples:",
      "  rag answer corpora/handbook/answers/0b7d…",
      "  rag answer 0b7d… --corpus handbook --json"
    })
final class AnswerCommand extends ClientCommand {
  @Parameters(
      paramLabel = "ANSWER",
      description = "Its name as `rag ask --json` shows it, corpora/…/answers/….")
  private String answer = "";

  @Option(names = "--corpus", paramLabel = "NAME", description = "The corpus of an id alone.")
  private String corpus = "";

  AnswerCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    var unused = name();
  }

  private String name() {
    return ResourceArguments.answer(answer, corpus);
  }

  @Override
  int run(RagClient client) {
    Answer found = client.getAnswer(name());
    if (json()) {
      Json.print(shell.out(), found);
    } else {
      AnswerReplay.of(found).forEach(new AnswerPrinter(shell));
    }
    return AskCommand.outcome(shell, found);
  }
}
