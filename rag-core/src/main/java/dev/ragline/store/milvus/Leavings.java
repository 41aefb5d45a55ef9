package dev.ragline.store.milvus;

import com.google.common.collect.Iterables;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Lists;
import com.google.common.collect.Multimaps;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.store.milvus.Registry.Kind;
import io.milvus.v2.common.ConsistencyLevel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The registry's rows of which something is to be removed, and that are then removed themselves.
 */
final class Leavings {
  /** Documents in one expression. */
  private static final int NAMES_AT_ONCE = 100;

  private final Table table;

  Leavings(Table table) {
    this.table = table;
  }

  /** All heads of some documents of a corpus, in the order of their stamps. */
  ListMultimap<DocumentId, Head> heads(String identity, Collection<DocumentId> ids, Call call) {
    List<Head> found = new ArrayList<>();
    for (List<DocumentId> some : Lists.partition(List.copyOf(ids), NAMES_AT_ONCE)) {
      String names =
          some.stream()
              .map(id -> RegistryJson.literal(id.value()))
              .collect(Collectors.joining(",", Registry.NAME + " in [", "]"));
      String filter =
          Registry.is(Registry.CORPUS, identity)
              + " and "
              + Registry.in(Kind.HEAD, Kind.END)
              + " and "
              + names;
      table
          .query(filter, Registry.FIELDS, ConsistencyLevel.STRONG, call)
          .forEach(row -> found.add(RegistryJson.head(row)));
    }
    found.sort(Comparator.comparing(Head::stamp));
    return Multimaps.index(found, Head::id);
  }

  /** Writes that began before a time (epoch milliseconds) and are not wholly done. */
  List<Intent> intentsBefore(long time, Call call) {
    return intents(Registry.in(Kind.INTENT) + " and " + Registry.BEGAN + " < " + time, call);
  }

  /** A corpus's writes that are not wholly done. */
  List<Intent> intentsOf(String identity, Call call) {
    return intents(
        Registry.in(Kind.INTENT) + " and " + Registry.is(Registry.CORPUS, identity), call);
  }

  private List<Intent> intents(String filter, Call call) {
    List<Intent> found = new ArrayList<>();
    table.scan(
        filter,
        Registry.FIELDS,
        ConsistencyLevel.STRONG,
        call,
        row -> found.add(RegistryJson.intent(row)));
    return found;
  }

  /** The corpora, by identity, whose creation began before a time and did not end. */
  Map<String, CorpusId> creationsBefore(long time, Call call) {
    return table
        .query(
            Registry.in(Kind.CREATION) + " and " + Registry.BEGAN + " < " + time,
            Registry.FIELDS,
            ConsistencyLevel.STRONG,
            call)
        .stream()
        .collect(
            Collectors.toMap(
                row -> row.text(Registry.CORPUS), row -> new CorpusId(row.text(Registry.NAME))));
  }

  /** Forgets heads of writes. */
  void forgetHeads(String identity, List<String> writes, Call call) {
    table.delete(writes.stream().map(write -> Registry.headKey(identity, write)).toList(), call);
  }

  /**
   * Forgets that documents were removed, where that is so long ago that every replica knows, and
   * nothing is left of the documents.
   *
   * @param time epoch milliseconds
   */
  void forgetEnds(long time, Call call) {
    List<Row> ends = new ArrayList<>();
    table.scan(
        Registry.in(Kind.END) + " and " + Registry.BEGAN + " < " + time,
        Registry.FIELDS,
        ConsistencyLevel.STRONG,
        call,
        ends::add);
    ends.stream()
        .collect(Collectors.groupingBy(row -> row.text(Registry.CORPUS)))
        .forEach((identity, of) -> forgetEnds(identity, of, call));
  }

  private void forgetEnds(String identity, List<Row> ends, Call call) {
    List<Head> known = ends.stream().map(RegistryJson::head).toList();
    Set<DocumentId> ids = known.stream().map(Head::id).collect(Collectors.toSet());
    ListMultimap<DocumentId, Head> heads = heads(identity, ids, call);
    // A head from before the end would hold again.
    List<String> first =
        known.stream()
            .filter(end -> end.equals(Iterables.getFirst(heads.get(end.id()), end)))
            .map(Head::write)
            .toList();
    forgetHeads(identity, first, call);
  }

  /** Forgets writes that are wholly done. */
  void forget(List<Intent> done, Call call) {
    table.delete(done.stream().map(Registry::intentKey).toList(), call);
  }

  /**
   * The corpora that were deleted before a time (epoch milliseconds) and of which something is
   * left.
   */
  List<CorpusRow> goneBefore(long time, Call call) {
    return settings(call).stream()
        .filter(rows -> rows.size() > 1)
        .map(rows -> Registry.newest(rows).orElseThrow())
        .filter(row -> Registry.isGone(row) && RegistryJson.stamp(row).millis() < time)
        .map(RegistryJson::found)
        .map(FoundRow::row)
        .filter(Objects::nonNull)
        .toList();
  }

  /** The rows of each corpus's settings. */
  private Collection<List<Row>> settings(Call call) {
    List<Row> rows = new ArrayList<>();
    String filter = Registry.in(Kind.CORPUS, Kind.GONE);
    table.scan(filter, Registry.FIELDS, ConsistencyLevel.STRONG, call, rows::add);
    return rows.stream().collect(Collectors.groupingBy(row -> row.text(Registry.CORPUS))).values();
  }

  /**
   * Forgets settings of corpora that were changed since, and the ends of those of which nothing is
   * left, where they are so old that every replica knows.
   *
   * @param time epoch milliseconds
   */
  void forgetSettings(long time, Call call) {
    List<String> old = new ArrayList<>();
    for (List<Row> rows : settings(call)) {
      Row newest = Registry.newest(rows).orElseThrow();
      rows.stream()
          .filter(row -> row.number(Registry.BEGAN) < time)
          .filter(
              row ->
                  Registry.isGone(newest)
                      ? rows.size() == 1
                      : row.number(Registry.TIME) != newest.number(Registry.TIME))
          .forEach(row -> old.add(row.text(Registry.KEY)));
    }
    table.delete(old, call);
  }

  /** Forgets all of a corpus that is gone, except its end: others may not know of that yet. */
  void forgetCorpus(String identity, Call call) {
    List<String> keys = new ArrayList<>();
    List<String> settings = new ArrayList<>();
    table.scan(
        Registry.is(Registry.CORPUS, identity),
        List.of(Registry.KEY, Registry.KIND),
        ConsistencyLevel.STRONG,
        call,
        row -> {
          Kind kind = Registry.kind(row);
          if (kind != Kind.GONE) {
            (kind == Kind.CORPUS ? settings : keys).add(row.text(Registry.KEY));
          }
        });
    table.delete(keys, call);
    table.delete(settings, call);
  }
}
