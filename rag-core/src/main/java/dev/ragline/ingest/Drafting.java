package dev.ragline.ingest;

import dev.ragline.call.Call;
import dev.ragline.chunking.ChunkDraft;
import dev.ragline.chunking.Chunker;
import dev.ragline.chunking.Chunkers;
import dev.ragline.chunking.TokenCounter;
import dev.ragline.document.Corpus;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.embedding.Embedder;
import dev.ragline.execution.ComputePool;
import dev.ragline.parsing.DocumentParser;
import dev.ragline.parsing.ParsedDocument;
import dev.ragline.spool.SpoolFolder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Reads documents and cuts them, on the cores, in pieces between which others have their turn. */
final class Drafting {
  static final String STAGE = "chunk";
  private static final long PIECE = Duration.ofMillis(20).toNanos();

  /** A document's text takes up to two bytes a char, twice while it is decoded. */
  private static final int TEXT_PER_BYTE = 4;

  /** A draft and its text's digest. */
  private static final int BYTES_PER_CHUNK = 400;

  private final DocumentParser parser;
  private final Embedder embedder;
  private final ComputePool pool;
  private final IngestConfig config;
  private final SpoolFolder spools;

  Drafting(
      DocumentParser parser,
      Embedder embedder,
      ComputePool pool,
      IngestConfig config,
      SpoolFolder spools) {
    this.parser = parser;
    this.embedder = embedder;
    this.pool = pool;
    this.config = config;
    this.spools = spools;
  }

  /**
   * Reads a document and cuts it as its corpus wants it.
   *
   * @throws RagException INVALID_ARGUMENT for content that cannot be parsed, shows nothing or has
   *     too many chunks
   */
  Drafts draft(Upload upload, Corpus corpus, IngestMemory.Share memory, Call call) {
    Chunker chunker = chunker(corpus, call);
    if (config.isLarge(upload.content())) {
      return new LargeDrafting(parser, this, upload, memory, call)
          .draft(corpus.chunking(), chunker, spools);
    }
    memory.take(upload.content().size() * TEXT_PER_BYTE, call);
    Reading reading = pool.run("parse", call, () -> new Reading(upload, chunker, call));
    boolean more = true;
    while (more) {
      int before = reading.chunks.size();
      more = inTurn(call, reading::goOn);
      memory.take((long) (reading.chunks.size() - before) * BYTES_PER_CHUNK, call);
    }
    return reading.drafts();
  }

  private Chunker chunker(Corpus corpus, Call call) {
    TokenCounter counter =
        text -> {
          call.check(STAGE);
          return embedder.countTokens(text);
        };
    return Chunkers.create(corpus.chunking(), counter, embedder.model().maxTokens());
  }

  /**
   * Works on a core until others may have their turn.
   *
   * @param step does a little; returns whether there is more to do
   * @return whether there is more to do
   */
  boolean inTurn(Call call, BooleanSupplier step) {
    return pool.run(
        STAGE,
        call,
        () -> {
          long until = System.nanoTime() + PIECE;
          while (step.getAsBoolean()) {
            call.check(STAGE);
            if (System.nanoTime() - until > 0) {
              return true;
            }
          }
          return false;
        });
  }

  /** Makes sure that there may be one more chunk. */
  void requireRoom(int chunks) {
    if (chunks >= config.maxChunks()) {
      throw tooMany();
    }
  }

  /** What a document is called, by its uploader or else by itself. */
  static String title(Upload upload, @Nullable String itself) {
    if (!upload.title().isBlank()) {
      return upload.title().strip();
    }
    return itself == null ? upload.document().value() : itself;
  }

  /** Makes sure that there is a chunk. */
  static void requireChunks(int chunks) {
    if (chunks == 0) {
      throw RagException.invalid("content", "holds no text that can be searched");
    }
  }

  private RagException tooMany() {
    return RagException.invalid(
        "content",
        ("has more than %d chunks, which is the most that a document may have (ingest.max-chunks):"
                + " divide the document, or use a corpus with larger chunks or another separator")
            .formatted(config.maxChunks()));
  }

  /** A document that is being cut, by one thread at a time. */
  private final class Reading {
    private final Sha256 revision;
    private final String title;
    private final ParsedDocument parsed;
    private final Iterator<ChunkDraft> rest;
    private final List<ChunkDraft> chunks = new ArrayList<>();
    private final ChunkTexts texts = new ChunkTexts();

    Reading(Upload upload, Chunker chunker, Call call) {
      byte[] content = upload.content().whole();
      this.revision = Sha256.of(content);
      this.parsed = parser.parse(content, upload.mediaType());
      this.title = title(upload, parsed.title());
      call.check(STAGE);
      this.rest = chunker.chunks(parsed, title);
    }

    /** Cuts one chunk; returns whether there is more to cut. */
    boolean goOn() {
      if (rest.hasNext()) {
        requireRoom(chunks.size());
        ChunkDraft chunk = rest.next();
        chunks.add(chunk);
        texts.add(Sha256.of(chunk.embeddedText()));
      }
      return rest.hasNext();
    }

    Drafts drafts() {
      requireChunks(chunks.size());
      return new Drafts(revision, title, parsed.source().text(), new HeldDrafts(chunks), texts);
    }
  }
}
