package dev.ragline.ingest;

import com.google.common.util.concurrent.Striped;
import dev.ragline.analysis.LanguageDetector;
import dev.ragline.call.Call;
import dev.ragline.chunking.ChunkDraft;
import dev.ragline.chunking.Chunkers;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.Language;
import dev.ragline.document.Metadata;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.SentencedText;
import dev.ragline.parsing.DocumentParser;
import dev.ragline.parsing.ParsedDocument;
import dev.ragline.parsing.Sentences;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.ChunkVectors;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.EmbeddedChunk;
import dev.ragline.store.Freshness;
import dev.ragline.store.SentenceVectors;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Writes and deletes documents: parse, chunk, embed what is new, write. One document is worked on
 * by one caller at a time; different documents go in parallel.
 */
public final class Ingestor {
  private final ChunkStore store;
  private final Embedder embedder;
  private final DocumentParser parser;
  private final LanguageDetector languages;
  private final InstantSource clock;
  private final IngestConfig config;
  private final Striped<Lock> documentLocks = Striped.lock(256);

  @Inject
  public Ingestor(
      ChunkStore store,
      Embedder embedder,
      DocumentParser parser,
      LanguageDetector languages,
      InstantSource clock,
      IngestConfig config) {
    this.store = store;
    this.embedder = embedder;
    this.parser = parser;
    this.languages = languages;
    this.clock = clock;
    this.config = config;
  }

  /**
   * Refuses early what {@link #ingest} would refuse, before any content is there.
   *
   * @throws RagException NOT_FOUND without such a corpus, FAILED_PRECONDITION when it was built
   *     with another embedding model, INVALID_ARGUMENT for metadata that its schema does not have
   */
  public void requireWritable(CorpusId corpus, Metadata metadata) {
    try (CorpusSnapshot snapshot = store.snapshot(corpus)) {
      snapshot.corpus().requireModel(embedder.model());
      Metadata _ = snapshot.corpus().metadataSchema().typed(metadata);
    }
  }

  /**
   * Writes a document, new or in place of the one with its id. Chunks whose embedded text the
   * document already had keep their vectors; a document that is as it was is not written at all.
   *
   * @throws RagException NOT_FOUND without such a corpus, INVALID_ARGUMENT for content that cannot
   *     be parsed or is too large and for metadata that does not fit the corpus's schema, ABORTED
   *     when the etag is not the current one, FAILED_PRECONDITION when the corpus was built with
   *     another embedding model, and whatever the store throws
   */
  public IngestResult ingest(CorpusId corpusId, Upload upload, Call call) {
    if (upload.content().length > config.maxDocumentBytes()) {
      throw RagException.invalid(
          "content", "a document has at most " + config.maxDocumentBytes() + " bytes");
    }
    return locked(corpusId, upload.document(), () -> replace(corpusId, upload, call));
  }

  /**
   * Deletes a document.
   *
   * @param etag the state to delete, or empty for whatever it is
   * @throws RagException NOT_FOUND without it, ABORTED when the etag is not the current one
   */
  public Deletion delete(CorpusId corpusId, DocumentId id, String etag, Call call) {
    return locked(
        corpusId,
        id,
        () -> {
          Optional<Document> current;
          try (CorpusSnapshot snapshot = store.snapshot(corpusId, Freshness.STRONG, call)) {
            current = snapshot.document(id);
          }
          requireEtag(corpusId, id, current, etag);
          Document gone = current.orElseThrow(() -> RagException.documentNotFound(corpusId, id));
          String token =
              store
                  .deleteDocument(corpusId, id, call)
                  .orElseThrow(() -> RagException.documentNotFound(corpusId, id));
          return new Deletion(gone.chunkCount(), token);
        });
  }

  /** What stands there now; an etag is compared with what everybody wrote. */
  private CorpusSnapshot current(CorpusId corpus, String etag, Call call) {
    Freshness freshness = etag.isEmpty() ? Freshness.DEFAULT : Freshness.STRONG;
    return store.snapshot(corpus, freshness, call);
  }

  private IngestResult replace(CorpusId corpusId, Upload upload, Call call) {
    Corpus corpus;
    Metadata metadata;
    Optional<Document> current;
    Map<Sha256, ChunkVectors> known;
    Map<Language, Long> among;
    String token;
    try (CorpusSnapshot snapshot = current(corpusId, upload.etag(), call)) {
      corpus = snapshot.corpus();
      token = snapshot.token();
      among = snapshot.languages();
      corpus.requireModel(embedder.model());
      metadata = corpus.metadataSchema().typed(upload.metadata());
      current = snapshot.document(upload.document());
      requireEtag(corpusId, upload.document(), current, upload.etag());
      known = vectors(snapshot, upload.document());
    }
    call.check("parse");
    Sha256 digest = Sha256.of(upload.content());
    ParsedDocument parsed = parser.parse(upload.content(), upload.mediaType());
    String title = title(upload, parsed);
    call.check("chunk");
    List<ChunkDraft> drafts =
        Chunkers.create(corpus.chunking(), embedder::countTokens, embedder.model().maxTokens())
            .chunk(parsed, title);
    if (drafts.isEmpty()) {
      throw RagException.invalid("content", "holds no text that can be searched");
    }
    Language language =
        said(upload, corpus)
            .or(() -> current.filter(it -> it.revision().equals(digest)).map(Document::language))
            .orElseGet(() -> languages.detect(parsed.source().text(), among));
    ChunkPlan plan = ChunkPlan.of(drafts, known, current.map(Document::chunkCount).orElse(0));
    Document document =
        new Document(
            upload.document(),
            title,
            upload.uri(),
            upload.mediaType(),
            language,
            upload.content().length,
            digest,
            drafts.size(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            UUID.randomUUID().toString(),
            metadata);
    if (current.isPresent() && plan.keepsAll() && sameButForTime(current.get(), document)) {
      return new IngestResult(current.get(), plan.receipt(), token);
    }
    List<ChunkVectors> vectors = embed(plan.textsToEmbed(), call);
    List<EmbeddedChunk> chunks = chunks(document, drafts, plan.vectors(vectors));
    String written =
        store.replaceDocument(
            corpusId, new DocumentRevision(document, upload.content(), chunks), call);
    return new IngestResult(document, plan.receipt(), written);
  }

  /**
   * The vectors that a document has, by what was embedded; none where its chunks are no longer
   * there, so that whatever became of them, the document is written whole again.
   */
  private static Map<Sha256, ChunkVectors> vectors(CorpusSnapshot snapshot, DocumentId id) {
    try {
      return snapshot.embeddedChunks(id).stream()
          .collect(
              Collectors.toMap(
                  EmbeddedChunk::embeddedDigest, EmbeddedChunk::vectors, (one, same) -> one));
    } catch (RagException e) {
      if (e.code() != ErrorCode.ABORTED) {
        throw e;
      }
      return Map.of();
    }
  }

  private static String title(Upload upload, ParsedDocument parsed) {
    if (!upload.title().isBlank()) {
      return upload.title().strip();
    }
    return parsed.title() == null ? upload.document().value() : parsed.title();
  }

  /** The language that the document is said to be in, or else all of the corpus. */
  private static Optional<Language> said(Upload upload, Corpus corpus) {
    return Optional.ofNullable(upload.language()).or(() -> Optional.ofNullable(corpus.language()));
  }

  private static boolean sameButForTime(Document one, Document other) {
    return one.revision().equals(other.revision())
        && one.title().equals(other.title())
        && one.uri().equals(other.uri())
        && one.mediaType() == other.mediaType()
        && one.language().equals(other.language())
        && one.metadata().equals(other.metadata());
  }

  private List<ChunkVectors> embed(List<String> texts, Call call) {
    List<SentencedText> passages = texts.stream().map(Ingestor::sentenced).toList();
    return embedder.embedSentences(passages, call).stream()
        .map(e -> new ChunkVectors(e.vector(), SentenceVectors.of(e.sentences())))
        .toList();
  }

  private static SentencedText sentenced(String text) {
    return new SentencedText(
        text,
        Sentences.in(text).stream()
            .map(span -> new SentencedText.Place(span.start(), span.end()))
            .toList());
  }

  private static List<EmbeddedChunk> chunks(
      Document document, List<ChunkDraft> drafts, List<ChunkVectors> vectors) {
    List<EmbeddedChunk> chunks = new ArrayList<>(drafts.size());
    for (int i = 0; i < drafts.size(); i++) {
      ChunkDraft draft = drafts.get(i);
      Chunk chunk =
          new Chunk(
              new ChunkId(document.id(), i),
              document.revision(),
              draft.text(),
              draft.range(),
              draft.headingPath());
      chunks.add(new EmbeddedChunk(chunk, Sha256.of(draft.embeddedText()), vectors.get(i)));
    }
    return chunks;
  }

  private static void requireEtag(
      CorpusId corpus, DocumentId id, Optional<Document> current, String etag) {
    if (!etag.isEmpty() && current.map(d -> !etag.equals(d.etag())).orElse(true)) {
      throw RagException.etagMismatch("ragline.dev/Document", id.resourceName(corpus));
    }
  }

  private <T> T locked(CorpusId corpus, DocumentId document, Supplier<T> work) {
    Lock lock = documentLocks.get(document.resourceName(corpus));
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RagException(
          ErrorCode.CANCELLED, "CANCELLED", "cancelled while the document was being written", e);
    }
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
