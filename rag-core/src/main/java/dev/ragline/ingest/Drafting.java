package dev.ragline.ingest;

import dev.ragline.call.Call;
import dev.ragline.chunking.ChunkDraft;
import dev.ragline.chunking.Chunkers;
import dev.ragline.chunking.TokenCounter;
import dev.ragline.document.Corpus;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.embedding.Embedder;
import dev.ragline.execution.ComputePool;
import dev.ragline.parsing.DocumentParser;
import dev.ragline.parsing.ParsedDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** Reads documents and cuts them, on the cores, in pieces between which others have their turn. */
final class Drafting {
  private static final String STAGE = "chunk";
  private static final long PIECE = Duration.ofMillis(20).toNanos();

  /**
   * A document's text takes up to two bytes a char, twice while it is decoded, and so when read.
   */
  private static final int TEXT_PER_BYTE = 8;

  /** A draft and its digest. */
  private static final int BYTES_PER_CHUNK = 400;

  private final DocumentParser parser;
  private final Embedder embedder;
  private final ComputePool pool;
  private final int maxChunks;

  Drafting(DocumentParser parser, Embedder embedder, ComputePool pool, int maxChunks) {
    this.parser = parser;
    this.embedder = embedder;
    this.pool = pool;
    this.maxChunks = maxChunks;
  }

  /**
   * Reads a document and cuts it as its corpus wants it.
   *
   * @throws RagException INVALID_ARGUMENT for content that cannot be parsed or has too many chunks
   */
  Drafts draft(Upload upload, Corpus corpus, IngestMemory.Share memory, Call call) {
    memory.take((long) upload.content().length * TEXT_PER_BYTE, call);
    Reading reading = pool.run("parse", call, () -> new Reading(upload, corpus, call));
    boolean more = true;
    while (more) {
      int before = reading.chunks.size();
      more = pool.run(STAGE, call, reading::goOn);
      memory.take((long) (reading.chunks.size() - before) * BYTES_PER_CHUNK, call);
    }
    return reading.drafts();
  }

  /** A document that is being cut, by one thread at a time. */
  private final class Reading {
    private final Call call;
    private final Sha256 revision;
    private final String title;
    private final ParsedDocument parsed;
    private final Iterator<ChunkDraft> rest;
    private final List<ChunkDraft> chunks = new ArrayList<>();
    private final List<Sha256> digests = new ArrayList<>();

    Reading(Upload upload, Corpus corpus, Call call) {
      this.call = call;
      this.revision = Sha256.of(upload.content());
      this.parsed = parser.parse(upload.content(), upload.mediaType());
      this.title = title(upload, parsed);
      TokenCounter counter =
          text -> {
            call.check(STAGE);
            return embedder.countTokens(text);
          };
      this.rest =
          Chunkers.create(corpus.chunking(), counter, embedder.model().maxTokens())
              .chunks(parsed, title);
    }

    /** Cuts for a while; returns whether there is more to cut. */
    boolean goOn() {
      long until = System.nanoTime() + PIECE;
      while (rest.hasNext()) {
        call.check(STAGE);
        if (chunks.size() == maxChunks) {
          throw tooMany();
        }
        ChunkDraft chunk = rest.next();
        chunks.add(chunk);
        digests.add(Sha256.of(chunk.embeddedText()));
        if (System.nanoTime() - until > 0) {
          return true;
        }
      }
      return false;
    }

    Drafts drafts() {
      return new Drafts(
          revision,
          title,
          parsed.source().text(),
          Collections.unmodifiableList(chunks),
          Collections.unmodifiableList(digests),
          parsed.frontMatter());
    }
  }

  private static String title(Upload upload, ParsedDocument parsed) {
    if (!upload.title().isBlank()) {
      return upload.title().strip();
    }
    return parsed.title() == null ? upload.document().value() : parsed.title();
  }

  private RagException tooMany() {
    return RagException.invalid(
        "content",
        ("has more than %d chunks, which is the most that a document may have (ingest.max-chunks):"
                + " divide the document, or use a corpus with larger chunks or another separator")
            .formatted(maxChunks));
  }
}
