package dev.ragline.client.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code rag serve}: hands its arguments to the server, which knows them. */
@Command(
    name = "serve",
    description = "Starts a server and stays with it until Ctrl-C.",
    customSynopsis = {
      "rag serve [--port 50051] [--port-file F] [--store ./data]",
      "                 [--embedding NAME|DIR|URL] [--reranker DIR] [--llm NAME|URL]",
      "                 [--config F]"
    },
    footer = {
      "",
      "  --port N        where to listen; 0 takes a free port",
      "  --port-file F   written with the port once the server answers",
      "  --store S       a folder, or a Milvus address such as http://localhost:19530",
      "  --embedding E   a built-in model's name, a folder with a model, or an address",
      "  --reranker DIR  a folder with a cross-encoder, which orders the best passages anew",
      "  --llm L         a preset's name or the address of an OpenAI-compatible endpoint; without",
      "                  one, answers quote the sentences that answer",
      "  --config F      a file with these and all other settings",
      "",
      "Examples:",
      "  rag serve",
      "  rag serve --port 0 --port-file port --store /var/lib/ragline"
    })
final class ServeCommand implements Callable<Integer> {
  private final Shell shell;

  @Unmatched private List<String> arguments = new ArrayList<>();

  ServeCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    return Launcher.run(shell, List.of("serve"), arguments);
  }
}
