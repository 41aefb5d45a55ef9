package dev.ragline.store.milvus;

import com.google.common.collect.Lists;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Deadline;
import dev.ragline.document.DocumentId;
import dev.ragline.store.ConsistencyTokens;
import io.milvus.v2.common.ConsistencyLevel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BinaryOperator;
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

  private static final List<String> FIELDS =
      List.of(KEY, KIND, CORPUS, NAME, WRITER, TIME, BEGAN, DATA);

  /** Documents in one expression. */
  private static final int NAMES_AT_ONCE = 100;

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

  private static String in(Kind... kinds) {
    return Stream.of(kinds)
        .map(kind -> "\"" + kind.text() + "\"")
        .collect(Collectors.joining(",", KIND + " in [", "]"));
  }

  private static String is(String field, String value) {
    return field + " == " + RegistryJson.literal(value);
  }

  private final Table table;

  Registry(Table table) {
    this.table = table;
  }

  /** When SESSION reads see all that this server wrote. */
  long put(Head head, String identity, long began, Deadline deadline) {
    Kind kind = head.document() == null ? Kind.END : Kind.HEAD;
    JsonObject row = row(headKey(identity, head.write()), kind, identity, head.id().value());
    stamp(row, head.stamp(), began);
    row.addProperty(DATA, RegistryJson.write(head));
    return table.insert(List.of(row), deadline);
  }

  private static String headKey(String identity, String write) {
    return "head:" + identity + ":" + write;
  }

  long put(CorpusRow corpus, long began, Deadline deadline) {
    Kind kind = corpus.deleted() ? Kind.GONE : Kind.CORPUS;
    String key = kind.text() + ":" + corpus.identity() + ":" + corpus.stamp().time();
    JsonObject row = row(key, kind, corpus.identity(), corpus.corpus().id().value());
    stamp(row, corpus.stamp(), began);
    row.addProperty(DATA, RegistryJson.write(corpus));
    return table.insert(List.of(row), deadline);
  }

  long put(Intent intent, Deadline deadline) {
    String key = intentKey(intent);
    JsonObject row = row(key, Kind.INTENT, intent.identity(), intent.id().value());
    stamp(row, new Head.Stamp(0, ""), intent.began());
    row.addProperty(DATA, RegistryJson.write(intent));
    return table.insert(List.of(row), deadline);
  }

  /** Puts an intent in place of what it was. */
  void change(Intent intent, Deadline deadline) {
    table.delete(List.of(intentKey(intent)), deadline);
    long _ = put(intent, deadline);
  }

  private static String intentKey(Intent intent) {
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
  Changes all(String identity, Deadline deadline) {
    List<Row> rows = new ArrayList<>();
    table.scan(
        is(CORPUS, identity) + " and " + CHANGES,
        FIELDS,
        ConsistencyLevel.STRONG,
        deadline,
        rows::add);
    return changes(rows);
  }

  /**
   * What a view does not have.
   *
   * @param since epoch milliseconds; what began before is in the view
   */
  Changes since(View view, long since, ConsistencyLevel level, Deadline deadline) {
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
    return changes(table.query(filter, FIELDS, level, deadline));
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

  private static Kind kind(Row row) {
    return Kind.valueOf(row.text(KIND).toUpperCase(Locale.ROOT));
  }

  /** The newest settings of a corpus by its identity, also of one that is gone. */
  Optional<CorpusRow> corpus(String identity, Deadline deadline) {
    return newest(
        table.query(
            is(CORPUS, identity) + " and " + in(Kind.CORPUS, Kind.GONE),
            FIELDS,
            ConsistencyLevel.STRONG,
            deadline));
  }

  private static Optional<CorpusRow> newest(List<Row> rows) {
    return rows.stream()
        .map(RegistryJson::corpus)
        .max(Comparator.comparing(CorpusRow::deleted).thenComparing(CorpusRow::stamp));
  }

  /** The newest settings of every corpus, of those that are gone too. */
  List<CorpusRow> corpora(Deadline deadline) {
    List<Row> rows = new ArrayList<>();
    table.scan(in(Kind.CORPUS, Kind.GONE), FIELDS, ConsistencyLevel.STRONG, deadline, rows::add);
    return rows.stream().collect(Collectors.groupingBy(row -> row.text(CORPUS))).values().stream()
        .map(of -> newest(of).orElseThrow())
        .toList();
  }

  /** All heads of the documents of some writes to a corpus, whoever wrote them. */
  Changes current(String identity, List<Intent> writes, Deadline deadline) {
    Changes found = new Changes(new ArrayList<>(), new ArrayList<>());
    for (List<Intent> some : Lists.partition(writes, NAMES_AT_ONCE)) {
      List<DocumentId> ids = some.stream().map(Intent::id).distinct().toList();
      found.heads().addAll(heads(identity, ids, deadline));
    }
    return found;
  }

  /** Of each document, by its id, the head that holds. */
  static Map<String, Head> holding(List<Head> heads) {
    return heads.stream()
        .collect(
            Collectors.toMap(
                head -> head.id().value(),
                head -> head,
                BinaryOperator.maxBy(Comparator.comparing(Head::stamp))));
  }

  private List<Head> heads(String identity, List<DocumentId> ids, Deadline deadline) {
    String names =
        ids.stream()
            .map(id -> RegistryJson.literal(id.value()))
            .collect(Collectors.joining(",", NAME + " in [", "]"));
    String filter = is(CORPUS, identity) + " and " + in(Kind.HEAD, Kind.END) + " and " + names;
    return table.query(filter, FIELDS, ConsistencyLevel.STRONG, deadline).stream()
        .map(RegistryJson::head)
        .toList();
  }

  /** Writes that began before a time (epoch milliseconds) and are not wholly done. */
  List<Intent> intentsBefore(long time, Deadline deadline) {
    return intents(in(Kind.INTENT) + " and " + BEGAN + " < " + time, deadline);
  }

  /** A corpus's writes that are not wholly done. */
  List<Intent> intentsOf(String identity, Deadline deadline) {
    return intents(in(Kind.INTENT) + " and " + is(CORPUS, identity), deadline);
  }

  private List<Intent> intents(String filter, Deadline deadline) {
    List<Intent> found = new ArrayList<>();
    table.scan(
        filter,
        FIELDS,
        ConsistencyLevel.STRONG,
        deadline,
        row -> found.add(RegistryJson.intent(row)));
    return found;
  }

  /**
   * Notes that a corpus is being created, so that what a crash leaves of it is found.
   *
   * @param began epoch milliseconds
   */
  void creating(CorpusId id, String identity, long began, Deadline deadline) {
    JsonObject row = row(creationKey(identity), Kind.CREATION, identity, id.value());
    stamp(row, new Head.Stamp(0, ""), began);
    row.addProperty(DATA, "{}");
    long _ = table.insert(List.of(row), deadline);
  }

  /** The corpora, by identity, whose creation began before a time and did not end. */
  Map<String, CorpusId> creationsBefore(long time, Deadline deadline) {
    return table
        .query(
            in(Kind.CREATION) + " and " + BEGAN + " < " + time,
            FIELDS,
            ConsistencyLevel.STRONG,
            deadline)
        .stream()
        .collect(Collectors.toMap(row -> row.text(CORPUS), row -> new CorpusId(row.text(NAME))));
  }

  /** A corpus is created, or nothing is left of it. */
  void created(String identity, Deadline deadline) {
    table.delete(List.of(creationKey(identity)), deadline);
  }

  private static String creationKey(String identity) {
    return Kind.CREATION.text() + ":" + identity;
  }

  /** Forgets heads of writes. */
  void forgetHeads(String identity, List<String> writes, Deadline deadline) {
    table.delete(writes.stream().map(write -> headKey(identity, write)).toList(), deadline);
  }

  /**
   * Forgets that documents were removed, where that is so long ago that every replica knows, and
   * nothing is left of the documents.
   *
   * @param time epoch milliseconds
   */
  void forgetEnds(long time, Deadline deadline) {
    List<Row> ends = new ArrayList<>();
    table.scan(
        in(Kind.END) + " and " + BEGAN + " < " + time,
        FIELDS,
        ConsistencyLevel.STRONG,
        deadline,
        ends::add);
    for (Row row : ends) {
      Head end = RegistryJson.head(row);
      boolean older =
          heads(row.text(CORPUS), List.of(end.id()), deadline).stream()
              .anyMatch(head -> head.stamp().compareTo(end.stamp()) < 0);
      if (!older) {
        table.delete(List.of(row.text(KEY)), deadline);
      }
    }
  }

  /** Forgets writes that are wholly done. */
  void forget(List<Intent> done, Deadline deadline) {
    table.delete(done.stream().map(Registry::intentKey).toList(), deadline);
  }

  /** Forgets all of a corpus, its settings last. */
  void forgetCorpus(String identity, Deadline deadline) {
    List<String> keys = new ArrayList<>();
    List<String> settings = new ArrayList<>();
    table.scan(
        is(CORPUS, identity),
        List.of(KEY, KIND),
        ConsistencyLevel.STRONG,
        deadline,
        row -> (kind(row) == Kind.GONE ? settings : keys).add(row.text(KEY)));
    table.delete(keys, deadline);
    table.delete(settings, deadline);
  }

  /**
   * The keys of consistency tokens, the first to sign with. Every replica that finds none makes
   * one; all of them are good.
   */
  List<ConsistencyTokens> tokenKeys(Deadline deadline) {
    List<ConsistencyTokens> keys = readTokenKeys(deadline);
    if (keys.isEmpty()) {
      JsonObject row = row("token_key:" + UUID.randomUUID(), Kind.TOKEN_KEY, "", "");
      stamp(row, new Head.Stamp(0, ""), System.currentTimeMillis());
      row.addProperty(DATA, RegistryJson.writeKey(ConsistencyTokens.newKey()));
      long _ = table.insert(List.of(row), deadline);
      keys = readTokenKeys(deadline);
    }
    return keys;
  }

  private List<ConsistencyTokens> readTokenKeys(Deadline deadline) {
    return table
        .query(in(Kind.TOKEN_KEY), List.of(KEY, DATA), ConsistencyLevel.STRONG, deadline)
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
