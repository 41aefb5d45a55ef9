package dev.ragline.bench;

import dev.ragline.alignment.SentenceAligner;
import dev.ragline.analysis.LanguageDetector;
import dev.ragline.answering.Answerer;
import dev.ragline.answering.StreamingAnswerer;
import dev.ragline.answering.extractive.ExtractiveWriter;
import dev.ragline.call.Call;
import dev.ragline.corpus.Corpora;
import dev.ragline.document.Chunking;
import dev.ragline.document.Consistency;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.MediaType;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.Metric;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.onnx.OnnxEmbedder;
import dev.ragline.ingest.IngestConfig;
import dev.ragline.ingest.Ingestor;
import dev.ragline.ingest.Upload;
import dev.ragline.parsing.StandardDocumentParser;
import dev.ragline.retrieval.HybridRetriever;
import dev.ragline.retrieval.RetrievalSpec;
import dev.ragline.retrieval.Retriever;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.transform.Hyde;
import dev.ragline.transform.QueryTransforms;
import dev.ragline.transform.Rewriting;
import dev.ragline.transform.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Corpora in a store of their own, in which every text is one chunk. */
final class AnswerCorpora implements AutoCloseable {
  /** Stands in no text, so that nothing is cut but where it is put. */
  private static final String CUT = "\u241E rag-bench \u241E";

  /** Strangers' texts of one document. */
  private static final int TEXTS_A_DOCUMENT = 500;

  private static final int THREADS = 2;

  private final Path folder;
  private final Embedder embedder;
  private final ChunkStore store;
  private final Corpora corpora;
  private final Ingestor ingestor;
  private final Retriever retriever;

  AnswerCorpora(String model) throws IOException {
    folder = Files.createTempDirectory("rag-bench-answers");
    embedder = new RememberingEmbedder(OnnxEmbedder.open(model, BenchExecution.SHARED.compute()));
    store = LuceneChunkStore.open(new LuceneStoreConfig(folder), BenchExecution.SHARED);
    corpora = new Corpora(store, embedder, InstantSource.system());
    ingestor =
        new Ingestor(
            store,
            embedder,
            new StandardDocumentParser(),
            new LanguageDetector(),
            InstantSource.system(),
            IngestConfig.DEFAULT,
            BenchExecution.SHARED);
    retriever = new HybridRetriever(embedder, store, BenchExecution.SHARED);
  }

  Retriever retriever() {
    return retriever;
  }

  /** A question after what was said before, without a language model. */
  RetrievalSpec after(List<Turn> said, RetrievalSpec spec) {
    return new RetrievalSpec(
        spec.limit(),
        spec.mode(),
        spec.candidates(),
        spec.fusion(),
        spec.freshness(),
        spec.filter(),
        new QueryTransforms(List.of(), said, Rewriting.KEY_TERMS, Hyde.OFF),
        spec.selection(),
        spec.expansion(),
        spec.rerank(),
        spec.explain(),
        spec.grounds());
  }

  /** Answers by quoting so many sentences at most. */
  Answerer quoter(int sentences) {
    return new StreamingAnswerer(
        retriever,
        new ExtractiveWriter(sentences, BenchExecution.SHARED.compute()),
        new SentenceAligner(embedder, store, BenchExecution.SHARED),
        System::nanoTime);
  }

  /**
   * Makes a corpus.
   *
   * @param strangers further texts, none of which answers a question
   */
  CorpusId of(String name, List<SquadFile.Paragraph> paragraphs, List<String> strangers)
      throws Exception {
    CorpusId corpus = create(name, new Chunking.Separator(CUT));
    List<Runnable> uploads = new ArrayList<>();
    for (SquadFile.Paragraph paragraph : paragraphs) {
      uploads.add(() -> put(corpus, paragraph.id(), paragraph.text()));
    }
    for (int from = 0; from < strangers.size(); from += TEXTS_A_DOCUMENT) {
      int to = Math.min(strangers.size(), from + TEXTS_A_DOCUMENT);
      String id = "strangers-%06d".formatted(from);
      String text = String.join(CUT, strangers.subList(from, to));
      uploads.add(() -> put(corpus, id, text));
    }
    Threads.share(THREADS, uploads.size(), i -> uploads.get(i).run());
    return corpus;
  }

  /** A corpus of Markdown files, chunked as usual. */
  CorpusId folder(String name, Path folder, List<Path> files) throws Exception {
    CorpusId corpus = create(name, Chunking.DEFAULT);
    Threads.share(
        THREADS,
        files.size(),
        i -> put(corpus, folder.relativize(files.get(i)).toString(), read(files.get(i))));
    return corpus;
  }

  private CorpusId create(String name, Chunking chunking) {
    CorpusId corpus = new CorpusId(name);
    var _ =
        corpora.create(
            corpus, "", Metric.IP, chunking, Consistency.SESSION, null, MetadataSchema.EMPTY);
    return corpus;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(CorpusId corpus, String id, String text) {
    var _ =
        ingestor.ingest(
            corpus,
            new Upload(
                new DocumentId(id),
                MediaType.MARKDOWN,
                null,
                id,
                "",
                "",
                text.getBytes(StandardCharsets.UTF_8)),
            Call.UNLIMITED);
  }

  void delete(CorpusId corpus) {
    store.deleteCorpus(corpus, any -> {});
  }

  @Override
  public void close() throws IOException {
    store.close();
    embedder.close();
    Folders.delete(folder);
  }
}
