package dev.ragline.copying;

import dev.ragline.call.Call;
import dev.ragline.document.ByteRange;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.execution.WaitingThreads;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.EmbeddedChunk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Copies a corpus's documents, in the order of their ids. */
final class DocumentCopies {
  /** Documents on their way; a store's waits for its disk or its network are shared by them. */
  private static final int AT_ONCE = 4;

  private static final int PAGE = 256;

  /** What a document may take of memory; larger ones are read while they are written. */
  private static final int HELD_BYTES = 4 << 20;

  private static final int HELD_CHUNKS = 1000;

  private final ChunkStore from;
  private final ChunkStore to;
  private final CorpusId corpus;
  private final Patience patience;
  private final WaitingThreads waiting;
  private final CopyTally tally;
  private final Queue<DocumentId> page = new ArrayDeque<>();
  private @Nullable DocumentId last;
  private boolean over;

  DocumentCopies(
      ChunkStore from,
      ChunkStore to,
      CorpusId corpus,
      Patience patience,
      WaitingThreads waiting,
      CopyTally tally) {
    this.from = from;
    this.to = to;
    this.corpus = corpus;
    this.patience = patience;
    this.waiting = waiting;
    this.tally = tally;
  }

  /** Copies all of them; when one fails, those on their way are the last. */
  void run() {
    List<Future<?>> copying = new ArrayList<>();
    try (ExecutorService threads = waiting.perTask("copy")) {
      for (int i = 0; i < AT_ONCE; i++) {
        copying.add(threads.submit(this::copySome));
      }
    }
    copying.forEach(DocumentCopies::requireDone);
  }

  private static void requireDone(Future<?> some) {
    switch (some.state()) {
      case SUCCESS, RUNNING -> {}
      case CANCELLED -> throw new IllegalStateException("nobody cancels");
      case FAILED -> {
        if (some.exceptionNow() instanceof RagException failure) {
          throw failure;
        }
        throw new IllegalStateException("a document could not be copied", some.exceptionNow());
      }
    }
  }

  private void copySome() {
    try {
      for (var id = patience.apply(this::next); id.isPresent(); id = patience.apply(this::next)) {
        DocumentId document = id.get();
        patience.apply(() -> copy(document));
      }
    } finally {
      end();
    }
  }

  private synchronized void end() {
    over = true;
  }

  /** The next document; each page is of the corpus as it is by then. */
  private synchronized Optional<DocumentId> next() {
    if (page.isEmpty() && !over) {
      try (CorpusSnapshot snapshot = from.snapshot(corpus)) {
        snapshot.documents(last, PAGE).forEach(document -> page.add(document.id()));
      }
    }
    if (over || page.isEmpty()) {
      return Optional.empty();
    }
    last = page.remove();
    return Optional.of(last);
  }

  /** Copies a document, unless it is there or no longer here; returns whether it did. */
  private boolean copy(DocumentId id) {
    DocumentRevision revision;
    // Each its own snapshot: a long one would keep files open, or be shown for too short a time.
    try (CorpusSnapshot snapshot = from.snapshot(corpus)) {
      Optional<Document> document = snapshot.document(id);
      if (document.isEmpty()) {
        return false;
      }
      if (isThere(document.get())) {
        tally.skipped(document.get());
        return false;
      }
      revision = read(snapshot, document.get());
    }
    String _ = to.replaceDocument(corpus, revision, Call.UNLIMITED);
    tally.copied(revision.document());
    return true;
  }

  private boolean isThere(Document document) {
    try (CorpusSnapshot copy = to.snapshot(corpus)) {
      return copy.document(document.id())
          .filter(there -> there.etag().equals(document.etag()))
          .filter(there -> there.revision().equals(document.revision()))
          .isPresent();
    }
  }

  private DocumentRevision read(CorpusSnapshot snapshot, Document document) {
    DocumentRevision revision =
        document.size() > HELD_BYTES || document.chunkCount() > HELD_CHUNKS
            ? large(document)
            : held(snapshot, document);
    if (!Sha256.of(revision.content()).equals(document.revision())) {
      throw damaged(document);
    }
    return revision;
  }

  private DocumentRevision large(Document document) {
    StoredDocument stored = new StoredDocument(from, corpus, document);
    return new DocumentRevision(document, stored.content(), stored.chunks());
  }

  private DocumentRevision held(CorpusSnapshot snapshot, Document document) {
    byte[] content = new byte[Math.toIntExact(document.size())];
    snapshot.content(
        document.id(),
        new ByteRange(0, document.size()),
        (offset, data) -> System.arraycopy(data, 0, content, (int) offset, data.length));
    List<EmbeddedChunk> chunks = snapshot.embeddedChunks(document.id());
    if (chunks.size() != document.chunkCount()) {
      throw damaged(document);
    }
    return new DocumentRevision(document, content, chunks);
  }

  private RagException damaged(Document document) {
    return new RagException(
        ErrorCode.INTERNAL,
        "STORE_CORRUPT",
        "document %s of corpus %s is damaged where it is copied from"
            .formatted(document.id(), corpus));
  }
}
