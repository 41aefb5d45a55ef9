package dev.ragline.store.milvus;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.RagException;
import dev.ragline.store.CorpusFault;
import dev.ragline.store.CorpusStats;
import dev.ragline.store.StoredCorpus;
import io.milvus.v2.service.collection.request.ListCollectionsReq;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lists corpora in a few requests, however many they are: one for all settings, one for the
 * collections that are there, and one scan for what the corpora of a page hold that this server
 * does not know of.
 */
final class CorpusListing {
  /** What this server knows of a corpus that it reads is good enough for so long. */
  private static final Duration KNOWN = Duration.ofSeconds(5);

  private final Server server;
  private final Function<CorpusId, @Nullable OpenCorpus> open;

  /**
   * @param open a corpus that this server reads and writes, or null
   */
  CorpusListing(Server server, Function<CorpusId, @Nullable OpenCorpus> open) {
    this.server = server;
    this.open = open;
  }

  List<StoredCorpus> list(@Nullable CorpusId after, int limit, Call call) {
    Registry registry = server.prepared(call).registry();
    List<FoundRow> page =
        registry.live(call).stream()
            .filter(found -> after == null || found.id().compareTo(after) > 0)
            .sorted(Comparator.comparing(FoundRow::id))
            .limit(limit)
            .toList();
    return page.isEmpty() ? List.of() : describe(registry, page, call);
  }

  private List<StoredCorpus> describe(Registry registry, List<FoundRow> page, Call call) {
    Set<String> collections = collections(call);
    Map<String, StoredCorpus> listed = new LinkedHashMap<>();
    Map<String, View> unread = new HashMap<>();
    for (FoundRow found : page) {
      CorpusRow row = found.row();
      if (row == null || found.fault() != null) {
        listed.put(found.identity(), broken(found, found.fault()));
      } else if (!collections.contains(row.collection())) {
        listed.put(found.identity(), broken(found, row.collectionMissingFault()));
      } else {
        CorpusStats known = known(row);
        listed.put(
            found.identity(),
            new StoredCorpus.Active(row.corpus(), known == null ? new CorpusStats(0, 0) : known));
        if (known == null) {
          unread.put(row.identity(), View.empty(row));
        }
      }
    }
    if (!unread.isEmpty()) {
      Set<String> damaged = read(registry, unread, call);
      unread.forEach(
          (identity, view) ->
              listed.put(
                  identity,
                  damaged.contains(identity)
                      ? new StoredCorpus.Broken(
                          view.corpus().id(), view.corpus(), damagedDocuments())
                      : new StoredCorpus.Active(view.corpus(), view.stats())));
    }
    return new ArrayList<>(listed.values());
  }

  static CorpusFault damagedDocuments() {
    return CorpusFault.damaged("a row about its documents in Milvus is damaged");
  }

  private static StoredCorpus broken(FoundRow found, @Nullable CorpusFault fault) {
    CorpusRow row = found.row();
    return new StoredCorpus.Broken(
        found.id(),
        row == null ? null : row.corpus(),
        fault == null ? CorpusFault.damaged("its settings are missing") : fault);
  }

  /** What a corpus holds, where this server knows it. */
  private @Nullable CorpusStats known(CorpusRow row) {
    OpenCorpus corpus = open.apply(row.corpus().id());
    return corpus != null && corpus.identity().equals(row.identity()) && corpus.knowsSince(KNOWN)
        ? corpus.known().stats()
        : null;
  }

  /** Reads what corpora hold; returns those of which a row cannot be read. */
  private static Set<String> read(Registry registry, Map<String, View> views, Call call) {
    Set<String> damaged = new HashSet<>();
    registry.heads(
        List.copyOf(views.keySet()),
        call,
        row -> {
          String identity = row.text(Registry.CORPUS);
          try {
            Head head = RegistryJson.head(row);
            View _ = views.computeIfPresent(identity, (any, view) -> view.with(head));
          } catch (RagException e) {
            damaged.add(identity);
          }
        });
    return damaged;
  }

  private Set<String> collections(Call call) {
    return server
        .connection()
        .call(
            "listing the collections",
            call,
            client ->
                Set.copyOf(
                    client
                        .listCollectionsV2(
                            ListCollectionsReq.builder()
                                .databaseName(server.config().database())
                                .build())
                        .getCollectionNames()));
  }
}
