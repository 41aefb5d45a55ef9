package dev.ragline.ingest;

import dev.ragline.analysis.LanguageDetector;
import dev.ragline.call.Call;
import dev.ragline.chunking.ChunkDraft;
import dev.ragline.chunking.Chunker;
import dev.ragline.chunking.WindowedCut;
import dev.ragline.document.Chunking;
import dev.ragline.document.Content;
import dev.ragline.document.Sha256;
import dev.ragline.parsing.ContentScan;
import dev.ragline.parsing.DocumentParser;
import dev.ragline.parsing.LargeTitle;
import dev.ragline.spool.SpoolFolder;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a document that is too large to be held and cuts it, window by window: what is in memory is
 * one window, and some bytes for each chunk.
 */
final class LargeDrafting {
  /** Of memory, for a byte of a window: its text, its tree of blocks and its drafts. */
  private static final int WINDOW_PER_BYTE = 32;

  private final DocumentParser parser;
  private final Drafting drafting;
  private final Upload upload;
  private final IngestMemory.Share memory;
  private final Call call;
  private long windowBytes;

  LargeDrafting(
      DocumentParser parser,
      Drafting drafting,
      Upload upload,
      IngestMemory.Share memory,
      Call call) {
    this.parser = parser;
    this.drafting = drafting;
    this.upload = upload;
    this.memory = memory;
    this.call = call;
  }

  Drafts draft(Chunking chunking, Chunker chunker, SpoolFolder spools) {
    Content content = upload.content();
    ContentScan scan = scan(content);
    String title = title(content);
    WindowedCut cut =
        new WindowedCut(content, upload.mediaType(), parser, chunking, chunker, title);
    SpooledDrafts chunks = new SpooledDrafts(content, spools.open());
    ChunkTexts texts = new ChunkTexts();
    try {
      cut(cut, chunks, texts);
      Drafting.requireChunks(chunks.size());
    } catch (RuntimeException | Error e) {
      chunks.close();
      throw e;
    } finally {
      memory.give(windowBytes * WINDOW_PER_BYTE);
    }
    String sample = scan.middle(LanguageDetector.SAMPLE);
    return new Drafts(scan.digest(), title, sample, chunks, texts);
  }

  /** The content once from its beginning to its end, in turns on the cores. */
  private ContentScan scan(Content content) {
    ContentScan scan = ContentScan.begin(content);
    while (drafting.inTurn(call, scan::goOn)) {
      call.check("parse");
    }
    return scan;
  }

  private String title(Content content) {
    LargeTitle title = new LargeTitle(content, upload.mediaType(), parser);
    if (upload.title().isBlank()) {
      while (drafting.inTurn(call, title::goOn)) {
        call.check("parse");
      }
    }
    return Drafting.title(upload, title.title());
  }

  private void cut(WindowedCut cut, SpooledDrafts chunks, ChunkTexts texts) {
    while (!cut.isOver()) {
      takeWindow(cut.windowBytes());
      List<WindowedCut.Part> parts = new ArrayList<>();
      List<Sha256> digests = new ArrayList<>();
      boolean _ = drafting.inTurn(call, () -> cutSome(cut, parts, digests));
      add(parts, digests, chunks, texts);
    }
  }

  /** Cuts a little; returns whether to go on: chunks are to be written, or a window has no room. */
  private boolean cutSome(WindowedCut cut, List<WindowedCut.Part> parts, List<Sha256> digests) {
    boolean more = cut.goOn();
    for (WindowedCut.Part part : cut.take()) {
      parts.add(part);
      digests.add(Sha256.of(part.chunk().embeddedText()));
    }
    return more && parts.isEmpty() && cut.windowBytes() <= windowBytes;
  }

  private void add(
      List<WindowedCut.Part> parts, List<Sha256> digests, SpooledDrafts chunks, ChunkTexts texts) {
    for (int i = 0; i < parts.size(); i++) {
      drafting.requireRoom(chunks.size());
      ChunkDraft chunk = parts.get(i).chunk();
      chunks.add(chunk, parts.get(i).start());
      texts.add(digests.get(i));
    }
    memory.take((long) parts.size() * ChunkTexts.BYTES_PER_CHUNK, call);
  }

  private void takeWindow(long bytes) {
    if (bytes > windowBytes) {
      memory.take((bytes - windowBytes) * WINDOW_PER_BYTE, call);
      windowBytes = bytes;
    }
  }
}
