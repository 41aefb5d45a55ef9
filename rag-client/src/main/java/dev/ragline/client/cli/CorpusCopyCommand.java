package dev.ragline.client.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code rag corpus copy}: hands its arguments to the program that opens stores. */
@Command(
    name = "copy",
    description = "Copies corpora from store to store, without a server and without embedding.",
    customSynopsis = {
      "rag corpus copy --from ADDRESS --to ADDRESS [--from-KEY VALUE] [--to-KEY VALUE]",
      "                       [--recreate] [--json] [CORPUS...]"
    },
    footer = {
      "",
      "  CORPUS...       the corpora to copy; all where none is given",
      "  --from ADDRESS  a folder, or a Milvus address such as http://localhost:19530",
      "  --to ADDRESS    the same, for the copies",
      "  --from-KEY V    a setting of store for one side, such as --to-token, --from-prefix or",
      "  --to-KEY V      --to-index; in the environment RAGLINE_TO_TOKEN and so on",
      "  --recreate      delete the copies first",
      "  --json          print JSON, one corpus a line",
      "",
      "What is there already is passed over, so a copy that broke off is begun again in the same",
      "way. A folder must not be served meanwhile; a Milvus may be.",
      "",
      "Examples:",
      "  rag corpus copy --from ./data --to http://localhost:19530",
      "  rag corpus copy --from http://localhost:19530 --to ./backup handbook"
    })
final class CorpusCopyCommand implements Callable<Integer> {
  private final Shell shell;

  @Unmatched private List<String> arguments = new ArrayList<>();

  CorpusCopyCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    return Launcher.run(shell, List.of("corpus", "copy"), arguments);
  }
}
