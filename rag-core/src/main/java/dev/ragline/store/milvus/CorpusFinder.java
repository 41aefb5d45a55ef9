package dev.ragline.store.milvus;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.RagException;
import dev.ragline.store.milvus.OpenCorpus.Loaded;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds corpora by their names. A name is an alias in Milvus; one that was lost, as when
 * collections were restored from a backup, is set again.
 */
final class CorpusFinder {
  private static final Logger log = LoggerFactory.getLogger(CorpusFinder.class);

  private final Server server;
  private final Aliases aliases;
  private final UnknownNames unknown = new UnknownNames();

  CorpusFinder(Server server, Aliases aliases) {
    this.server = server;
    this.aliases = aliases;
  }

  /**
   * What a name stands for, read whole.
   *
   * @throws RagException NOT_FOUND when it stands for nothing, FAILED_PRECONDITION when the corpus
   *     is broken
   */
  Loaded find(CorpusId id, Call call) {
    Registry registry = server.prepared(call).registry();
    return aliases
        .find(server.alias(id), call)
        .or(() -> named(registry, id, call))
        .flatMap(name -> load(registry, id, name, call))
        .filter(loaded -> !loaded.view().settings().deleted())
        .orElseThrow(() -> notFound(registry, id, call));
  }

  private static RagException notFound(Registry registry, CorpusId id, Call call) {
    // An alias that is left of a corpus which is gone, or of one whose rows are.
    return registry.live(id, call).stream()
        .findAny()
        .map(found -> found.readable().collectionMissing())
        .orElseGet(() -> RagException.corpusNotFound(id));
  }

  private static Optional<Loaded> load(
      Registry registry, CorpusId id, String collection, Call call) {
    try {
      return OpenCorpus.load(registry, Names.identity(collection), call);
    } catch (RagException e) {
      if (e.reason().equals(RegistryJson.BROKEN_ROW)) {
        throw CorpusListing.damagedDocuments().refusal(id);
      }
      throw e;
    }
  }

  /** The collection of a corpus without an alias, which gets it again. */
  private Optional<String> named(Registry registry, CorpusId id, Call call) {
    if (!unknown.isKnown(registry::liveNames, id, call)) {
      throw RagException.corpusNotFound(id);
    }
    List<FoundRow> live = registry.live(id, call);
    if (live.isEmpty()) {
      throw RagException.corpusNotFound(id);
    }
    CorpusRow row = live.getFirst().readable();
    if (!server.schema().exists(row.collection(), call)) {
      throw row.collectionMissing();
    }
    boolean set = aliases.set(server.alias(id), row.collection(), call);
    log.warn("the alias of corpus {} was lost in Milvus; set again: {}", id, set);
    return set ? Optional.of(row.collection()) : aliases.find(server.alias(id), call);
  }
}
