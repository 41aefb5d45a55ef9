package dev.ragline.ingest;

import dev.ragline.analysis.LanguageDetector;
import dev.ragline.call.Call;
import dev.ragline.call.Priority;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.Language;
import dev.ragline.document.Metadata;
import dev.ragline.document.RagException;
import dev.ragline.embedding.Embedder;
import dev.ragline.execution.Execution;
import dev.ragline.ingest.Embedding.Embedded;
import dev.ragline.parsing.DocumentParser;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.Freshness;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes and deletes documents: parse, chunk, embed what is new, write. Any number of callers work
 * at the same time, also on one document: only its comparison with what is there and its write are
 * one after the other.
 */
public final class Ingestor {
  private final ChunkStore store;
  private final Embedder embedder;
  private final LanguageDetector languages;
  private final InstantSource clock;
  private final Execution execution;
  private final int maxDocumentBytes;
  private final Drafting drafting;
  private final Embedding embedding;
  private final DocumentLocks locks = new DocumentLocks();

  @Inject
  public Ingestor(
      ChunkStore store,
      Embedder embedder,
      DocumentParser parser,
      LanguageDetector languages,
      InstantSource clock,
      IngestConfig config,
      Execution execution) {
    this.store = store;
    this.embedder = embedder;
    this.languages = languages;
    this.clock = clock;
    this.execution = execution;
    this.maxDocumentBytes = config.maxDocumentBytes();
    this.drafting = new Drafting(parser, embedder, execution.compute(), config.maxChunks());
    this.embedding = new Embedding(embedder, execution.compute(), new UnfinishedVectors());
  }

  /**
   * Refuses early what {@link #ingest} would refuse, before any content is there.
   *
   * @throws RagException NOT_FOUND without such a corpus, FAILED_PRECONDITION when it was built
   *     with another embedding model, INVALID_ARGUMENT for metadata that its schema does not have
   */
  public void requireWritable(CorpusId corpus, Metadata metadata, Call call) {
    try (CorpusSnapshot snapshot = store.snapshot(corpus, Freshness.DEFAULT, call)) {
      Metadata _ = typed(snapshot.corpus(), metadata);
    }
  }

  /** A document's metadata as a corpus types them, if the corpus can be written at all. */
  private Metadata typed(Corpus corpus, Metadata metadata) {
    corpus.requireModel(embedder.model());
    return corpus.metadataSchema().typed(metadata);
  }

  /** The same as {@link #ingest(CorpusId, Upload, IngestMemory.Share, Call)} for one by itself. */
  public IngestResult ingest(CorpusId corpusId, Upload upload, Call call) {
    try (IngestMemory.Share alone = IngestMemory.unbounded().share()) {
      return ingest(corpusId, upload, alone, call);
    }
  }

  /**
   * Writes a document, new or in place of the one with its id. Chunks whose embedded text the
   * document already had keep their vectors; a document that is as it was is not written at all,
   * but for one that an earlier version has read. One that has nothing to read has no chunks: it
   * takes the place of what it said before.
   *
   * @param memory what the document holds on its way; the caller closes it
   * @throws RagException NOT_FOUND without such a corpus, INVALID_ARGUMENT for content that cannot
   *     be parsed, is too large or has too many chunks and for metadata that does not fit the
   *     corpus's schema, ABORTED when the etag is not the current one or another corpus took this
   *     one's id meanwhile, FAILED_PRECONDITION when the corpus was built with another embedding
   *     model, and whatever the store throws
   */
  public IngestResult ingest(
      CorpusId corpusId, Upload upload, IngestMemory.Share memory, Call caller) {
    if (upload.content().length > maxDocumentBytes) {
      throw RagException.invalid(
          "content", "a document has at most " + maxDocumentBytes + " bytes");
    }
    Call call = caller.on(corpusId).at(Priority.BATCH);
    call.check("parse");
    Standing standing = standing(corpusId, upload, call);
    Metadata given = typed(standing.corpus(), upload.metadata());
    Drafts drafts = drafting.draft(upload, standing.corpus(), memory, call);
    DeclaredMetadata declared =
        DeclaredMetadata.of(standing.corpus().metadataSchema(), given, drafts.frontMatter());
    Document document = document(upload, drafts, declared.metadata(), standing, call);
    ChunkPlan plan = new ChunkPlan(drafts.digests(), standing.known().keySet(), standing.chunks());
    if (plan.keepsAll()
        && standing.read()
        && standing.current().filter(now -> isSameButForTime(now, document)).isPresent()) {
      return new IngestResult(
          standing.current().get(), plan.receipt(0), standing.token(), declared.warnings());
    }
    StoredVectors stored = new StoredVectors(store, standing, call);
    Embedded embedded = embedding.embed(plan.texts(), drafts.chunks(), stored, memory, call);
    DraftedChunks chunks = new DraftedChunks(document, drafts, embedded.byText());
    DocumentRevision revision = new DocumentRevision(document, upload.content(), chunks);
    String token = write(standing.corpus(), revision, upload.etag(), call);
    embedding.written(plan.texts());
    Receipt receipt = plan.receipt(embedded.embedded());
    return new IngestResult(document, receipt, token, declared.warnings());
  }

  private Standing standing(CorpusId corpus, Upload upload, Call call) {
    try (CorpusSnapshot snapshot = current(corpus, upload.etag(), call)) {
      Standing standing = Standing.read(snapshot, upload.document());
      requireEtag(corpus, upload.document(), standing.current(), upload.etag());
      return standing;
    }
  }

  /** What stands there now; an etag is compared with what everybody wrote. */
  private CorpusSnapshot current(CorpusId corpus, String etag, Call call) {
    Freshness freshness = etag.isEmpty() ? Freshness.DEFAULT : Freshness.STRONG;
    return store.snapshot(corpus, freshness, call);
  }

  private Document document(
      Upload upload, Drafts drafts, Metadata metadata, Standing standing, Call call) {
    return new Document(
        upload.document(),
        drafts.title(),
        upload.uri(),
        upload.mediaType(),
        language(upload, drafts, standing, call),
        upload.content().length,
        drafts.revision(),
        drafts.chunks().size(),
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        UUID.randomUUID().toString(),
        metadata);
  }

  /** The language that the document is said to be in, or all of the corpus; or else is found. */
  private Language language(Upload upload, Drafts drafts, Standing standing, Call call) {
    return Optional.ofNullable(upload.language())
        .or(() -> Optional.ofNullable(standing.corpus().language()))
        .or(
            () ->
                standing
                    .current()
                    .filter(now -> now.revision().equals(drafts.revision()))
                    .map(Document::language))
        .orElseGet(
            () ->
                execution
                    .compute()
                    .run(
                        "language",
                        call,
                        () -> languages.detect(drafts.text(), standing.languages())));
  }

  private static boolean isSameButForTime(Document one, Document other) {
    return one.revision().equals(other.revision())
        && one.title().equals(other.title())
        && one.uri().equals(other.uri())
        && one.mediaType() == other.mediaType()
        && one.language().equals(other.language())
        && one.metadata().equals(other.metadata());
  }

  /** Writes what was prepared; who asked for a state is refused when it is another by now. */
  private String write(Corpus corpus, DocumentRevision revision, String etag, Call call) {
    DocumentId id = revision.document().id();
    return locks.locked(
        corpus.id(),
        id,
        call,
        () -> {
          if (!etag.isEmpty()) {
            requireEtag(corpus.id(), id, etag, call);
          }
          return store.replaceDocument(corpus, revision, call);
        });
  }

  private Standing.State requireEtag(CorpusId corpus, DocumentId id, String etag, Call call) {
    try (CorpusSnapshot snapshot = store.snapshot(corpus, Freshness.STRONG, call)) {
      Optional<Document> current = snapshot.document(id);
      requireEtag(corpus, id, current, etag);
      return new Standing.State(snapshot.corpus(), current);
    }
  }

  /**
   * Deletes a document.
   *
   * @param etag the state to delete, or empty for whatever it is
   * @throws RagException NOT_FOUND without it, ABORTED when the etag is not the current one
   */
  public Deletion delete(CorpusId corpusId, DocumentId id, String etag, Call caller) {
    Call call = caller.on(corpusId);
    return locks.locked(
        corpusId,
        id,
        call,
        () -> {
          Standing.State state = requireEtag(corpusId, id, etag, call);
          Document gone =
              state.current().orElseThrow(() -> RagException.documentNotFound(corpusId, id));
          String token =
              store
                  .deleteDocument(state.corpus(), id, call)
                  .orElseThrow(() -> RagException.documentNotFound(corpusId, id));
          return new Deletion(gone.chunkCount(), token);
        });
  }

  private static void requireEtag(
      CorpusId corpus, DocumentId id, Optional<Document> current, String etag) {
    if (!etag.isEmpty() && current.map(d -> !etag.equals(d.etag())).orElse(true)) {
      throw RagException.etagMismatch("ragline.dev/Document", id.resourceName(corpus));
    }
  }
}
