package dev.ragline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store promises to callers at the same time. */
interface ConcurrencyContract extends DocumentContract {

  /** Waits for all, and fails as the first that failed. */
  private static void finish(List<Future<?>> work) throws Exception {
    for (Future<?> each : work) {
      each.get();
    }
  }

  @Test
  default void replaceDocument_manyWriters_allAreThere() throws Exception {
    filled();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int w = 0; w < 8; w++) {
        String writer = "writer" + w;
        writers.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 10; i++) {
                    DocumentRevision revision = Revisions.of(writer + "-" + i, writer + " " + i);
                    store().replaceDocument(CORPUS, revision, Call.UNLIMITED);
                    try (CorpusSnapshot snapshot = store().snapshot(CORPUS)) {
                      assertThat(snapshot.document(revision.document().id()))
                          .contains(revision.document());
                    }
                  }
                }));
      }
      finish(writers);
    }
    try (CorpusSnapshot snapshot = store().snapshot(CORPUS)) {
      assertThat(WholeDocuments.read(snapshot)).hasSize(80);
    }
    try (CorpusSnapshot snapshot = reopened().snapshot(CORPUS)) {
      assertThat(WholeDocuments.read(snapshot)).hasSize(80);
    }
  }

  @Test
  default void replaceDocument_sameDocumentFromMany_isOneOfThem() throws Exception {
    filled();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int w = 0; w < 16; w++) {
        String[] texts = new String[1 + w];
        Arrays.fill(texts, "text of " + w);
        writers.add(
            threads.submit(
                () -> store().replaceDocument(CORPUS, Revisions.of("doc", texts), Call.UNLIMITED)));
      }
      finish(writers);
    }
    try (CorpusSnapshot snapshot = store().snapshot(CORPUS)) {
      assertThat(WholeDocuments.read(snapshot)).hasSize(1);
    }
  }

  @Test
  default void snapshot_whileDocumentFlips_showsOneRevisionWhole() throws Exception {
    DocumentRevision small = Revisions.of("doc", "small zebra");
    DocumentRevision large = Revisions.of("doc", "large zebra", "a zebra", "zebra", "zebra four");
    filled(small);
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> readers = new ArrayList<>();
      for (int r = 0; r < 3; r++) {
        readers.add(
            threads.submit(
                () -> {
                  while (!done.get()) {
                    requireOneRevision(Set.of(small, large));
                  }
                }));
      }
      try {
        for (int i = 0; i < 40; i++) {
          store().replaceDocument(CORPUS, i % 2 == 0 ? large : small, Call.UNLIMITED);
        }
      } finally {
        done.set(true);
      }
      finish(readers);
    }
  }

  private void requireOneRevision(Set<DocumentRevision> revisions) {
    try (CorpusSnapshot snapshot = store().snapshot(CORPUS)) {
      var shown = WholeDocuments.read(snapshot);
      DocumentRevision revision =
          revisions.stream()
              .filter(
                  r -> snapshot.document(new DocumentId("doc")).orElseThrow().equals(r.document()))
              .findFirst()
              .orElseThrow();
      assertThat(shown).hasSize(1);
      CandidateQuery query = new CandidateQuery(Revisions.vector("q"), "zebra", 50);
      Candidates found = snapshot.search(query);
      int words = snapshot.searchesWords() ? revision.chunks().size() : 0;
      assertThat(found.dense()).hasSize(revision.chunks().size());
      assertThat(found.lexical()).hasSize(words);
      assertThat(Stream.concat(found.dense().stream(), found.lexical().stream()))
          .allMatch(c -> c.chunk().revision().equals(revision.document().revision()));
    }
  }

  @Test
  default void deleteCorpus_whileWriting_everyWriteEndsWellOrNotFound() throws Exception {
    for (int round = 0; round < 3; round++) {
      filled(Revisions.of("doc", "text"));
      CorpusSnapshot open = store().snapshot(CORPUS);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> writers = new ArrayList<>();
        for (int w = 0; w < 4; w++) {
          String id = "writer" + w;
          writers.add(threads.submit(() -> writeUntilGone(id)));
        }
        store().deleteCorpus(CORPUS, c -> {});
        finish(writers);
      }
      assertThat(store().corpora(null, 10)).isEmpty();
      assertThat(WholeDocuments.read(open))
          .isEqualTo(new TreeMap<>(Map.of(new DocumentId("doc"), "text")));
      open.close();
    }
  }

  private void writeUntilGone(String id) {
    try {
      while (true) {
        store().replaceDocument(CORPUS, Revisions.of(id, "some text"), Call.UNLIMITED);
      }
    } catch (RagException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND);
    }
  }

  @Test
  default void createCorpus_sameIdFromMany_oneWins() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> creators = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        creators.add(
            threads.submit(
                () -> {
                  try {
                    store().createCorpus(Corpora.of("same"));
                    return true;
                  } catch (RagException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
                    return false;
                  }
                }));
      }
      int won = 0;
      for (Future<Boolean> creator : creators) {
        won += creator.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
  }
}
