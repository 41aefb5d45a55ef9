package dev.ragline.server;

import dev.ragline.document.RagException;
import dev.ragline.execution.Execution;
import dev.ragline.server.config.ConfigException;
import dev.ragline.server.config.ConfigLoader;
import dev.ragline.server.config.StoreConfig;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusReport;
import dev.ragline.store.StoreReport;
import dev.ragline.store.StoredCorpus;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rag store check}: looks at a store without a server. */
@Command(
    name = "rag store check",
    mixinStandardHelpOptions = true,
    version = "Ragline 0.1.0",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Says of each corpus whether it is whole, and of one that is not what may be done.",
      "Changes nothing. A folder must not be served meanwhile; a Milvus may be."
    },
    footer = {
      "",
      "A Milvus is reached as the server reaches it: RAGLINE_STORE_TOKEN and the",
      "other settings of store are taken from the environment.",
      "",
      "Exit codes: 0 all is whole, 1 something is not or cannot be checked,",
      "2 wrong usage, 3 Milvus not reachable.",
      "",
      "Examples:",
      "  rag store check",
      "  rag store check --store /var/lib/ragline --json",
      "  RAGLINE_STORE_TOKEN=… rag store check --store https://milvus:19530"
    })
final class CheckCommand implements Callable<Integer> {
  private static final int BROKEN = 1;
  private static final int WRONG_USAGE = 2;
  private static final int UNREACHABLE = 3;

  @Option(
      names = "--store",
      paramLabel = "ADDRESS",
      description = "A folder, or a Milvus such as http://localhost:19530; as for rag serve.")
  private @Nullable String address;

  @Option(names = "--json", description = "Print JSON, one corpus a line.")
  private boolean json;

  private CheckCommand() {}

  static CommandLine commandLine() {
    return new CommandLine(new CheckCommand())
        .setParameterExceptionHandler(
            (failure, arguments) ->
                say(failure.getMessage() + "; see: rag store check --help", WRONG_USAGE));
  }

  @Override
  public Integer call() {
    try {
      StoreConfig store = store(System.getenv());
      if (!store.remote() && !LuceneChunkStore.isThere(Path.of(store.address()))) {
        return say("there is no store in " + store.address(), BROKEN);
      }
      StoreReport report =
          store.remote() ? checkRemote(store) : LuceneStoreCheck.check(Path.of(store.address()));
      CheckPrinter.print(report, json, System.out);
      return report.isWhole() ? 0 : BROKEN;
    } catch (ConfigException e) {
      return say(e.getMessage(), WRONG_USAGE);
    } catch (RagException e) {
      boolean away = e.reason().equals("STORE_UNAVAILABLE");
      return say(e.getMessage() + " (" + e.reason() + ")", away ? UNREACHABLE : BROKEN);
    }
  }

  private StoreConfig store(Map<String, String> environment) {
    return ConfigLoader.load(
            null, environment, address == null ? Map.of() : Map.of("store.address", address))
        .store();
  }

  private static StoreReport checkRemote(StoreConfig config) {
    try (Execution execution = new Execution(Execution.availableCores());
        ChunkStore store = Adapters.openStore(config, execution)) {
      List<CorpusReport> corpora =
          StoredCorpora.all(store).stream().map(corpus -> opened(store, corpus)).toList();
      return new StoreReport(corpora, List.of(), List.of());
    }
  }

  /** Lists tell what is missing; what is there and of no use is told by its use. */
  private static CorpusReport opened(ChunkStore store, StoredCorpus listed) {
    return CorpusReport.of(
        switch (listed) {
          case StoredCorpus.Active active -> store.corpus(active.id());
          case StoredCorpus.Broken broken -> broken;
        });
  }

  private static int say(@Nullable String problem, int exitCode) {
    System.err.println("rag: " + problem);
    return exitCode;
  }
}
