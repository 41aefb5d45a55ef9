package dev.ragline.ingest;

import com.google.common.collect.Iterables;
import dev.ragline.call.Call;
import dev.ragline.chunking.ChunkDraft;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.Sha256;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.PassageEmbedding;
import dev.ragline.embedding.SentencedText;
import dev.ragline.execution.ComputePool;
import dev.ragline.parsing.SentenceRules;
import dev.ragline.store.ChunkVectors;
import dev.ragline.store.SentenceVectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

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
   * The vectors of texts.
   *
   * @param byText by digest of the text
   * @param embedded how many the model ran for
   */
  record Embedded(Map<Sha256, ChunkVectors> byText, int embedded) {}

  /**
   * Finds or makes the vectors of texts.
   *
   * @param texts the ordinal of a chunk of each text, by its digest
   * @param stored vectors that the document has already
   */
  Embedded embed(
      Map<Sha256, Integer> texts,
      List<ChunkDraft> chunks,
      VectorSource stored,
      IngestMemory.Share memory,
      Call call) {
    Map<Sha256, ChunkVectors> vectors = HashMap.newHashMap(texts.size());
    int made = 0;
    // At the end of a window the model may have nothing to do for a moment.
    int size = embedder.passagesAtOnce();
    for (List<Entry<Sha256, Integer>> window : Iterables.partition(texts.entrySet(), size)) {
      call.check("embed");
      Map<Sha256, ChunkVectors> found = stored.find(window.stream().map(Entry::getKey).toList());
      List<Entry<Sha256, Integer>> missing = new ArrayList<>();
      long bytes = 0;
      for (Entry<Sha256, Integer> text : window) {
        ChunkVectors known = found.get(text.getKey());
        known = known == null ? unfinished.find(embedder.model(), text.getKey()) : known;
        if (known == null) {
          missing.add(text);
        } else {
          vectors.put(text.getKey(), known);
          bytes += UnfinishedVectors.bytes(known);
        }
      }
      made += missing.size();
      bytes += make(missing, chunks, vectors, call);
      memory.take(bytes, call);
    }
    return new Embedded(vectors, made);
  }

  /** Makes vectors; returns what they take of memory. */
  private long make(
      List<Entry<Sha256, Integer>> missing,
      List<ChunkDraft> chunks,
      Map<Sha256, ChunkVectors> vectors,
      Call call) {
    if (missing.isEmpty()) {
      return 0;
    }
    List<SentencedText> passages =
        pool.run(
            "sentences",
            call,
            () -> missing.stream().map(text -> sentenced(chunks.get(text.getValue()))).toList());
    List<PassageEmbedding> embeddings = embedder.embedSentences(passages, call);
    EmbeddingModel model = embedder.model();
    long bytes = 0;
    for (int i = 0; i < missing.size(); i++) {
      PassageEmbedding embedding = embeddings.get(i);
      ChunkVectors made =
          new ChunkVectors(
              embedding.vector(),
              SentenceVectors.of(embedding.sentences(), SentenceRules.CURRENT.number()));
      Sha256 text = missing.get(i).getKey();
      vectors.put(text, made);
      unfinished.keep(model, text, made);
      bytes += UnfinishedVectors.bytes(made);
    }
    return bytes;
  }

  /** What has been written need not be kept. */
  void written(Map<Sha256, Integer> texts) {
    unfinished.forget(embedder.model(), texts.keySet());
  }

  /** With more sentences than are stored, as one without words has no vector. */
  private static SentencedText sentenced(ChunkDraft chunk) {
    return new SentencedText(
        chunk.embeddedText(),
        chunk.embeddedSentences().stream()
            .limit(2L * SentenceVectors.MOST)
            .map(span -> new SentencedText.Place(span.start(), span.end()))
            .toList());
  }
}
