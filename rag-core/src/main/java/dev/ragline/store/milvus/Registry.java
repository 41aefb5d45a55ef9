package dev.ragline.store.milvus;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.store.ConsistencyTokens;
import io.milvus.v2.common.ConsistencyLevel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one collection that says what all the others mean: each corpus's settings, each document's
 * heads, each write that began, and the keys of the consistency tokens.
 */
final class Registry {
  static final String KEY = "key";
  static final String KIND = "kind";
  static final String CORPUS = "corpus";
  static final String NAME = "name";
  static final String WRITER = "writer";
  static final String TIME = "time";
  static final String BEGAN = "began";
  static final String DATA = "data";
  static final String VECTOR = "vector";

  static final List<String> FIELDS = List.of(KEY, KIND, CORPUS, NAME, WRITER, TIME, BEGAN, DATA);

  /** Kinds of rows. */
  enum Kind {
    CORPUS,
    /** A corpus that was deleted; beside its CORPUS row, so that no change can bring it back. */
    GONE,
    HEAD,
    /** The head of a document that was removed. */
    END,
    INTENT,
    /** A corpus that is being created. */
    CREATION,
    TOKEN_KEY;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String CHANGES = in(Kind.HEAD, Kind.END, Kind.CORPUS, Kind.GONE);

  /** What became visible of a corpus. */
  record Changes(List<Head> heads, List<CorpusRow> settings) {}

  static String in(Kind... kinds) {
    return Stream.of(kinds)
        .map(kind -> "\"" + kind.text() + "\"")
        .collect(Collectors.joining(",", KIND + " in [", "]"));
  }

  static String is(String field, String value) {
    return field + " == " + RegistryJson.literal(value);
  }

  private final Table table;

  Registry(Table table) {
    this.table = table;
  }

  /** What is over of all that. */
  Leavings leavings() {
    return new Leavings(table);
  }

  /** When SESSION reads see all that this server wrote. */
  long put(Head head, String identity, long began, Call call) {
    Kind kind = head.document() == null ? Kind.END : Kind.HEAD;
    JsonObject row = row(headKey(identity, head.write()), kind, identity, head.id().value());
    stamp(row, head.stamp(), began);
    row.addProperty(DATA, RegistryJson.write(head));
    return table.insert(List.of(row), call);
  }

  static String headKey(String identity, String write) {
    return "head:" + identity + ":" + write;
  }

  long put(CorpusRow corpus, long began, Call call) {
    Kind kind = corpus.deleted() ? Kind.GONE : Kind.CORPUS;
    String key = kind.text() + ":" + corpus.identity() + ":" + corpus.stamp().time();
    JsonObject row = row(key, kind, corpus.identity(), corpus.corpus().id().value());
    stamp(row, corpus.stamp(), began);
    row.addProperty(DATA, RegistryJson.write(corpus));
    return table.insert(List.of(row), call);
  }

  long put(Intent intent, Call call) {
    String key = intentKey(intent);
    JsonObject row = row(key, Kind.INTENT, intent.identity(), intent.id().value());
    stamp(row, new Head.Stamp(0, ""), intent.began());
    row.addProperty(DATA, RegistryJson.write(intent));
    return table.insert(List.of(row), call);
  }

  static String intentKey(Intent intent) {
    return "intent:" + intent.identity() + ":" + intent.rows().write();
  }

  private static JsonObject row(String key, Kind kind, String corpus, String name) {
    JsonObject row = new JsonObject();
    row.addProperty(KEY, key);
    row.addProperty(KIND, kind.text());
    row.addProperty(CORPUS, corpus);
    row.addProperty(NAME, name);
    // Milvus has no collections without vectors.
    JsonArray nothing = new JsonArray();
    nothing.add(0f);
    nothing.add(1f);
    row.add(VECTOR, nothing);
    return row;
  }

  private static void stamp(JsonObject row, Head.Stamp stamp, long began) {
    row.addProperty(WRITER, stamp.writer());
    row.addProperty(TIME, stamp.time());
    row.addProperty(BEGAN, began);
  }

  /** All of a corpus. */
  Changes all(String identity, Call call) {
    List<Row> rows = new ArrayList<>();
    table.scan(
        is(CORPUS, identity) + " and " + CHANGES, FIELDS, ConsistencyLevel.STRONG, call, rows::add);
    return changes(rows);
  }

  /**
   * What a view does not have.
   *
   * @param since epoch milliseconds; what began before is in the view
   */
  Changes since(View view, long since, ConsistencyLevel level, Call call) {
    Map<String, Long> seen = view.writersSince(since);
    String writers =
        seen.keySet().stream()
            .map(writer -> "\"" + writer + "\"")
            .collect(Collectors.joining(",", WRITER + " not in [", "]"));
    String unseen =
        seen.entrySet().stream()
            .map(e -> " or (%s and %s > %d)".formatted(is(WRITER, e.getKey()), TIME, e.getValue()))
            .collect(Collectors.joining("", writers, ""));
    String filter =
        "%s and %s > %d and %s and (%s)"
            .formatted(is(CORPUS, view.settings().identity()), BEGAN, since, CHANGES, unseen);
    return changes(table.query(filter, FIELDS, level, call));
  }

  private static Changes changes(List<Row> rows) {
    Changes found = new Changes(new ArrayList<>(), new ArrayList<>());
    for (Row row : rows) {
      Kind kind = kind(row);
      if (kind == Kind.HEAD || kind == Kind.END) {
        found.heads().add(RegistryJson.head(row));
      } else {
        found.settings().add(RegistryJson.corpus(row));
      }
    }
    return found;
  }

  static Kind kind(Row row) {
    return Kind.valueOf(row.text(KIND).toUpperCase(Locale.ROOT));
  }

  /**
   * The newest settings of a corpus by its identity, also of one that is gone.
   *
   * @throws dev.ragline.document.RagException FAILED_PRECONDITION when they cannot be read
   */
  Optional<CorpusRow> corpus(String identity, Call call) {
    return newest(settings(is(CORPUS, identity), call)).map(RegistryJson::corpus);
  }

  /** The newest of the rows of a corpus's settings; its end above all others. */
  static Optional<Row> newest(List<Row> rows) {
    return rows.stream()
        .max(Comparator.comparing(Registry::isGone).thenComparing(RegistryJson::stamp));
  }

  static boolean isGone(Row row) {
    return kind(row) == Kind.GONE;
  }

  /** The corpora of an id that are not deleted; more than one only while one is being deleted. */
  List<FoundRow> live(CorpusId id, Call call) {
    return live(settings(is(NAME, id.value()), call));
  }

  private List<Row> settings(String filter, Call call) {
    return table.query(
        filter + " and " + in(Kind.CORPUS, Kind.GONE), FIELDS, ConsistencyLevel.STRONG, call);
  }

  /** All corpora that are not deleted, in no order. */
  List<FoundRow> live(Call call) {
    List<Row> rows = new ArrayList<>();
    table.scan(in(Kind.CORPUS, Kind.GONE), FIELDS, ConsistencyLevel.STRONG, call, rows::add);
    return live(rows);
  }

  private static List<FoundRow> live(List<Row> rows) {
    return rows.stream().collect(Collectors.groupingBy(row -> row.text(CORPUS))).values().stream()
        .map(of -> newest(of).orElseThrow())
        .filter(row -> !isGone(row))
        .map(RegistryJson::found)
        .toList();
  }

  /** The ids of all corpora that are not deleted. */
  Set<String> liveNames(Call call) {
    Map<String, String> names = new HashMap<>();
    Set<String> gone = new HashSet<>();
    table.scan(
        in(Kind.CORPUS, Kind.GONE),
        List.of(KIND, CORPUS, NAME),
        ConsistencyLevel.STRONG,
        call,
        row -> {
          if (isGone(row)) {
            gone.add(row.text(CORPUS));
          } else {
            names.put(row.text(CORPUS), row.text(NAME));
          }
        });
    names.keySet().removeAll(gone);
    return Set.copyOf(names.values());
  }

  /** All heads of some corpora, to be read row by row. */
  void heads(Collection<String> identities, Call call, Consumer<Row> sink) {
    String corpora =
        identities.stream()
            .map(RegistryJson::literal)
            .collect(Collectors.joining(",", CORPUS + " in [", "]"));
    table.scan(
        corpora + " and " + in(Kind.HEAD, Kind.END), FIELDS, ConsistencyLevel.SESSION, call, sink);
  }

  /**
   * Notes that a corpus is being created, so that what a crash leaves of it is found.
   *
   * @param began epoch milliseconds
   */
  void creating(CorpusId id, String identity, long began, Call call) {
    JsonObject row = row(creationKey(identity), Kind.CREATION, identity, id.value());
    stamp(row, new Head.Stamp(0, ""), began);
    row.addProperty(DATA, "{}");
    long _ = table.insert(List.of(row), call);
  }

  /** A corpus is created, or nothing is left of it. */
  void created(String identity, Call call) {
    table.delete(List.of(creationKey(identity)), call);
  }

  private static String creationKey(String identity) {
    return Kind.CREATION.text() + ":" + identity;
  }

  /**
   * The keys of consistency tokens, the first to sign with. Every replica that finds none makes
   * one; all of them are good.
   */
  List<ConsistencyTokens> tokenKeys(Call call) {
    List<ConsistencyTokens> keys = readTokenKeys(call);
    if (keys.isEmpty()) {
      JsonObject row = row("token_key:" + UUID.randomUUID(), Kind.TOKEN_KEY, "", "");
      stamp(row, new Head.Stamp(0, ""), System.currentTimeMillis());
      row.addProperty(DATA, RegistryJson.writeKey(ConsistencyTokens.newKey()));
      long _ = table.insert(List.of(row), call);
      keys = readTokenKeys(call);
    }
    return keys;
  }

  private List<ConsistencyTokens> readTokenKeys(Call call) {
    return table
        .query(in(Kind.TOKEN_KEY), List.of(KEY, DATA), ConsistencyLevel.STRONG, call)
        .stream()
        .sorted(Comparator.comparing(row -> row.text(KEY)))
        .map(row -> new ConsistencyTokens(RegistryJson.readKey(row.text(DATA))))
        .toList();
  }

  /** When SESSION reads see all that this server wrote; 0 where the server has no times. */
  long visible() {
    return table.guarantee();
  }

  /** Has reads see all that was written up to {@code time}. */
  void guarantee(long time) {
    table.guarantee(time);
  }
}
