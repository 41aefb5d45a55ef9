package dev.ragline.client.cli;

import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.StreamAskRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rag demo}: from nothing to an answer with sources, and no trace left. */
@Command(
    name = "demo",
    description =
        "Starts a server, ingests Ragline's own guide, answers a question, and tidies up.",
    footer = {
      "",
      "Needs no keys and no network, and keeps nothing.",
      "",
      "Examples:",
      "  rag demo",
      "  rag demo \"What happens to a document that I change?\""
    })
final class DemoCommand implements Callable<Integer> {
  private static final String QUESTION = "How can I check a citation?";
  private static final String CORPUS = "corpora/demo";
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final Shell shell;

  @Parameters(paramLabel = "QUESTION", arity = "0..*", description = "What to ask the guide.")
  private List<String> words = List.of();

  DemoCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    String question = words.isEmpty() ? QUESTION : String.join(" ", words);
    Path guide = Path.of(shell.environment("RAGLINE_HOME"), "docs", "guide");
    if (!Files.isDirectory(guide)) {
      throw CommandException.failed(
          "Ragline's guide was not found; run this command by the rag script");
    }
    shell.note("starting a server with a temporary store");
    try (DemoServer server = DemoServer.start(shell)) {
      shell.onInterrupt(server::close);
      return demonstrate(server.awaitAddress(shell), guide, question);
    }
  }

  private int demonstrate(String address, Path guide, String question) {
    try (RagClient client = RagClient.builder(address).deadline(TIMEOUT).build()) {
      shell.onInterrupt(client::close);
      shell.note("ingesting " + guide);
      Ingest.Plan plan =
          new Ingest.Plan(
              CORPUS,
              Corpus.getDefaultInstance(),
              new MetadataOptions(),
              false,
              false,
              false,
              false);
      int ingested = new Ingest(shell, client, plan).run(SourceFiles.find(List.of(guide)));
      if (ingested != ExitCode.DONE) {
        return ingested;
      }
      shell.out().println("\n> " + Text.oneLine(question) + "\n");
      StreamAskRequest request =
          StreamAskRequest.newBuilder().setCorpus(CORPUS).setQuestion(question).build();
      int answered = AskCommand.ask(shell, client, request, new AnswerPrinter(shell));
      shell.out().print(NEXT);
      return answered;
    } catch (RagClientException e) {
      if (shell.interrupted()) {
        return ExitCode.INTERRUPTED;
      }
      throw CommandException.of(e, address, TIMEOUT);
    }
  }

  private static final String NEXT =
      """

      Next, with your own documents:
        rag serve
        rag ingest FOLDER --corpus mine
        rag ask "Your question" --corpus mine
      """;
}
