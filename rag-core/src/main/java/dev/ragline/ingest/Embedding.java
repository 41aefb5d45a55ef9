package dev.ragline.ingest;

import dev.ragline.call.Call;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.Sha256;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.PassageEmbedding;
import dev.ragline.embedding.SentencedText;
import dev.ragline.execution.ComputePool;
import dev.ragline.parsing.Sentences;
import dev.ragline.store.ChunkVectors;
import dev.ragline.store.SentenceVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Gets the vectors of a document's chunks, window by window: of no other are texts made. */
final class Embedding {
  private final Embedder embedder;
  private final ComputePool pool;
  private final UnfinishedVectors unfinished;

  Embedding(Embedder embedder, ComputePool pool, UnfinishedVectors unfinished) {
    this.embedder = embedder;
    this.pool = pool;
    this.unfinished = unfinished;
  }

  /**
   * Finds or makes the vectors of a document's texts.
   *
   * @param stored vectors that the document has already
   * @param vectors takes them, those of every text
   * @return how many the model ran for
   */
  int embed(
      Drafts drafts,
      VectorSource stored,
      VectorTable vectors,
      IngestMemory.Share memory,
      Call call) {
    ChunkTexts texts = drafts.texts();
    int made = 0;
    // At the end of a window the model may have nothing to do for a moment.
    int size = embedder.passagesAtOnce();
    for (int from = 0; from < texts.texts(); from += size) {
      call.check("embed");
      int to = Math.min(from + size, texts.texts());
      List<Sha256> window = IntStream.range(from, to).mapToObj(texts::digest).toList();
      List<@Nullable ChunkVectors> found = known(window, stored);
      List<Integer> missing = new ArrayList<>();
      for (int i = 0; i < found.size(); i++) {
        if (found.get(i) == null) {
          missing.add(i);
        }
      }
      make(missing, drafts, from, found, call);
      if (vectors.isHeld()) {
        missing.forEach(i -> keep(window.get(i), found.get(i)));
      }
      made += missing.size();
      long bytes = 0;
      for (ChunkVectors next : found) {
        if (next != null) {
          bytes += vectors.add(next);
        }
      }
      memory.take(bytes, call);
    }
    return made;
  }

  /** Vectors that need not be made; null where there are none. */
  private List<@Nullable ChunkVectors> known(List<Sha256> window, VectorSource stored) {
    Map<Sha256, ChunkVectors> found = stored.find(window);
    List<@Nullable ChunkVectors> known = new ArrayList<>();
    for (Sha256 text : window) {
      ChunkVectors there = found.get(text);
      known.add(there == null ? unfinished.find(embedder.model(), text) : there);
    }
    return known;
  }

  /**
   * Makes vectors.
   *
   * @param missing places in the window
   * @param from the window's first text
   * @param vectors of the window's texts
   */
  private void make(
      List<Integer> missing,
      Drafts drafts,
      int from,
      List<@Nullable ChunkVectors> vectors,
      Call call) {
    if (missing.isEmpty()) {
      return;
    }
    List<SentencedText> passages =
        pool.run(
            "sentences",
            call,
            () -> missing.stream().map(place -> sentenced(drafts, from + place)).toList());
    List<PassageEmbedding> embeddings = embedder.embedSentences(passages, call);
    for (int i = 0; i < missing.size(); i++) {
      PassageEmbedding embedding = embeddings.get(i);
      vectors.set(
          missing.get(i),
          new ChunkVectors(embedding.vector(), SentenceVectors.of(embedding.sentences())));
    }
  }

  private void keep(Sha256 text, @Nullable ChunkVectors made) {
    if (made != null) {
      unfinished.keep(embedder.model(), text, made);
    }
  }

  /** What has been written need not be kept. */
  void written(Drafts drafts, VectorTable vectors) {
    EmbeddingModel model = embedder.model();
    ChunkTexts texts = drafts.texts();
    for (int text = 0; vectors.isHeld() && text < texts.texts(); text++) {
      unfinished.forget(model, texts.digest(text));
    }
    unfinished.spools().forget(model, drafts.revision());
    vectors.close();
  }

  /** What was not written is kept for a while, for whoever brings the document again. */
  void notWritten(Drafts drafts, VectorTable vectors) {
    if (vectors instanceof SpooledVectors spooled && vectors.size() > 0) {
      unfinished.spools().keep(embedder.model(), drafts.revision(), drafts.texts(), spooled);
    } else {
      vectors.close();
    }
  }

  /** With more sentences than are stored, as one without words has no vector. */
  private static SentencedText sentenced(Drafts drafts, int text) {
    String read = drafts.chunks().get(drafts.texts().firstChunk(text)).embeddedText();
    return new SentencedText(
        read,
        Sentences.in(read).stream()
            .limit(2L * SentenceVectors.MOST)
            .map(span -> new SentencedText.Place(span.start(), span.end()))
            .toList());
  }
}
