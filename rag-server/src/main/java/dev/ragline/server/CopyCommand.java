package dev.ragline.server;

import dev.ragline.copying.CopyResult;
import dev.ragline.copying.CorpusCopier;
import dev.ragline.document.CorpusId;
import dev.ragline.document.RagException;
import dev.ragline.execution.Execution;
import dev.ragline.server.config.ConfigException;
import dev.ragline.server.config.ConfigLoader;
import dev.ragline.server.config.StoreConfig;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.StoredCorpus;
import dev.ragline.store.lucene.LuceneChunkStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rag corpus copy}: opens two stores, without a server, and copies corpora. */
@Command(
    name = "rag corpus copy",
    mixinStandardHelpOptions = true,
    version = "Ragline 0.1.0",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Copies corpora from one store to another, with documents, chunks and vectors; nothing is"
          + " embedded again.",
      "A copy that broke off is begun again in the same way: what is there already is passed over."
          + " A folder must not be served meanwhile; a Milvus may be."
    },
    footer = {
      "",
      "Every key of store in the configuration is an option for either side:",
      "store.prefix is --from-prefix and --to-prefix, and in the environment",
      "RAGLINE_FROM_PREFIX and RAGLINE_TO_PREFIX. Tokens belong there, where other",
      "users of this machine do not see them.",
      "",
      "Exit codes: 0 done, 1 the work failed, 2 wrong usage, 3 Milvus not reachable.",
      "",
      "Examples:",
      "  rag corpus copy --from ./data --to http://localhost:19530",
      "  RAGLINE_TO_TOKEN=… rag corpus copy --from ./data --to https://milvus:19530 faq",
      "  rag corpus copy --from http://localhost:19530 --to ./backup --recreate"
    })
final class CopyCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final int UNREACHABLE = 3;

  @Parameters(
      paramLabel = "CORPUS",
      arity = "0..*",
      description = "The corpora to copy; all where none is given.")
  private List<String> named = List.of();

  @Option(
      names = "--recreate",
      description =
          "Delete the copies first. Otherwise documents of theirs that the originals do not have"
              + " stay.")
  private boolean recreate;

  @Option(
      names = "--json",
      description = "Print JSON, one corpus a line; all else goes to standard error.")
  private boolean json;

  private final CommandLine line = new CommandLine(this);

  private CopyCommand() {
    CopyFlags.addTo(line.getCommandSpec());
  }

  static CommandLine commandLine() {
    return new CopyCommand()
        .line.setParameterExceptionHandler(
            (failure, arguments) ->
                say(failure.getMessage() + "; see: rag corpus copy --help", WRONG_USAGE));
  }

  @Override
  public Integer call() {
    try {
      ConfigLoader.requireKnownVariables(System.getenv());
      List<CorpusId> corpora = named.stream().map(CopyCommand::corpus).toList();
      StoreConfig from = CopyFlags.FROM.config(line.getParseResult(), System.getenv());
      StoreConfig to = CopyFlags.TO.config(line.getParseResult(), System.getenv());
      requireTwo(from, to);
      return copy(from, to, corpora);
    } catch (ConfigException e) {
      return say(e.getMessage(), WRONG_USAGE);
    } catch (RagException e) {
      boolean away = e.reason().equals("STORE_UNAVAILABLE");
      return say(e.getMessage() + " (" + e.reason() + ")", away ? UNREACHABLE : FAILED);
    }
  }

  private static CorpusId corpus(String name) {
    try {
      return new CorpusId(name.startsWith("corpora/") ? name.substring(8) : name);
    } catch (RagException e) {
      throw new ConfigException("'" + name + "' is no corpus; " + e.getMessage());
    }
  }

  private static int say(@Nullable String problem, int exitCode) {
    System.err.println("rag: " + problem);
    return exitCode;
  }

  private static void requireTwo(StoreConfig from, StoreConfig to) {
    if (place(from).equals(place(to))) {
      throw new ConfigException("--from and --to are the same store");
    }
  }

  private static List<String> place(StoreConfig store) {
    String address =
        store.remote()
            ? store.address()
            : Path.of(store.address()).toAbsolutePath().normalize().toString();
    return List.of(address, store.database(), store.prefix());
  }

  private int copy(StoreConfig from, StoreConfig to, List<CorpusId> corpora) {
    if (!from.remote() && !LuceneChunkStore.isThere(Path.of(from.address()))) {
      return say("--from: there is no store in " + from.address(), FAILED);
    }
    try (Execution execution = new Execution(Execution.availableCores());
        ChunkStore originals = Adapters.openStore(from, execution);
        ChunkStore copies = Adapters.openStore(to, execution)) {
      List<StoredCorpus> all = corpora.isEmpty() ? StoredCorpora.all(originals) : List.of();
      List<CorpusId> wanted =
          corpora.isEmpty() ? StoredCorpora.active(all).map(StoredCorpus::id).toList() : corpora;
      List<StoredCorpus.Broken> broken = StoredCorpora.broken(all).toList();
      broken.forEach(CopyCommand::passOver);
      if (wanted.isEmpty()) {
        return say(
            "there is no corpus to copy in " + from.address(), broken.isEmpty() ? 0 : FAILED);
      }
      CorpusCopier copier = new CorpusCopier(originals, copies, execution.waiting());
      CopyReport report = new CopyReport(System.out, System.err, json);
      for (CorpusId corpus : wanted) {
        CopyResult result = copier.copy(corpus, recreate, report);
        report.copied(result);
      }
      return broken.isEmpty() ? 0 : FAILED;
    }
  }

  private static void passOver(StoredCorpus.Broken broken) {
    int _ = say(broken.fault().refusal(broken.id()).getMessage() + "; it is not copied", FAILED);
  }
}
