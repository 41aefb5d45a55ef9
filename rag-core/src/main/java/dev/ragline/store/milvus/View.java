package dev.ragline.store.milvus;

import dev.ragline.document.Corpus;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.Language;
import dev.ragline.store.CorpusStats;
import dev.ragline.store.milvus.Head.Stamp;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What a corpus holds, as far as a replica knows: the head of each document. Never changes; a newer
 * view shares what stayed.
 *
 * @param heads by document, the ends of documents too: an older head may still come
 * @param writers the last stamp seen of each writer
 * @param languages how many documents are in each language
 * @param rowsTime when SESSION reads see all rows of all heads
 */
record View(
    CorpusRow settings,
    PSortedMap<DocumentId, Head> heads,
    PMap<String, Long> writers,
    PMap<Language, Long> languages,
    long documents,
    long chunks,
    long rowsTime) {

  /** A corpus without documents. */
  static View empty(CorpusRow settings) {
    return new View(settings, TreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty(), 0, 0, 0)
        .saw(settings.stamp());
  }

  Corpus corpus() {
    return settings.corpus();
  }

  CorpusStats stats() {
    return new CorpusStats(documents, chunks);
  }

  /** A document's head, unless it was removed. */
  Optional<Head> live(DocumentId id) {
    return Optional.ofNullable(heads.get(id)).filter(head -> head.document() != null);
  }

  /** Whether rows of a write are what their document now is. */
  boolean shows(DocumentId id, String write) {
    Head head = heads.get(id);
    return head != null && head.write().equals(write);
  }

  /** The highest stamp seen. */
  long lastTime() {
    return writers.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** The writers seen since a time (epoch milliseconds), with the last stamp of each. */
  Map<String, Long> writersSince(long millis) {
    return writers.entrySet().stream()
        .filter(writer -> writer.getValue() >> 18 >= millis)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Whether a write is seen. */
  boolean covers(Stamp stamp) {
    Long seen = writers.get(stamp.writer());
    return seen != null && seen >= stamp.time();
  }

  /** The same, knowing all of a writer up to a stamp. */
  View saw(Stamp stamp) {
    if (covers(stamp)) {
      return this;
    }
    PMap<String, Long> more = writers.plus(stamp.writer(), stamp.time());
    return new View(settings, heads, more, languages, documents, chunks, rowsTime);
  }

  /** The same with more heads. */
  View with(Collection<Head> more) {
    View view = this;
    for (Head head : more) {
      view = view.with(head);
    }
    return view;
  }

  /** The same with one more head. */
  View with(Head head) {
    View seen = saw(head.stamp());
    Head before = heads.get(head.id());
    if (before != null && before.stamp().compareTo(head.stamp()) >= 0) {
      return seen;
    }
    return new View(
        settings,
        heads.plus(head.id(), head),
        seen.writers,
        counted(counted(languages, before, -1), head, 1),
        documents + count(head) - count(before),
        chunks + head.rows().chunks() - (before == null ? 0 : before.rows().chunks()),
        Math.max(rowsTime, head.rowsTime()));
  }

  private static PMap<Language, Long> counted(
      PMap<Language, Long> languages, @Nullable Head head, int change) {
    Document document = head == null ? null : head.document();
    if (document == null) {
      return languages;
    }
    long count = languages.getOrDefault(document.language(), 0L) + change;
    return count == 0
        ? languages.minus(document.language())
        : languages.plus(document.language(), count);
  }

  private static int count(@Nullable Head head) {
    return head == null || head.document() == null ? 0 : 1;
  }

  /**
   * The same with what changed from one view to the next; what stayed may no longer be there, and
   * its end be forgotten.
   */
  View withChanges(View from, View to) {
    List<Head> changed =
        to.heads.values().stream().filter(head -> !head.equals(from.heads.get(head.id()))).toList();
    return with(changed).with(to.settings);
  }

  /** The same of a corpus of which nothing is left. */
  View ended() {
    CorpusRow ended =
        new CorpusRow(
            settings.identity(), settings.collection(), settings.kept(), true, settings.stamp());
    return new View(ended, heads, writers, languages, documents, chunks, rowsTime);
  }

  /** The same with newer settings. */
  View with(CorpusRow newer) {
    View seen = saw(newer.stamp());
    boolean stays = newer.stamp().compareTo(settings.stamp()) <= 0 || settings.deleted();
    return stays
        ? seen
        : new View(newer, heads, seen.writers, languages, documents, chunks, rowsTime);
  }
}
