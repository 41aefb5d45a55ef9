package dev.ragline.chunking;

import dev.ragline.chunking.Seams.Seam;
import dev.ragline.document.Chunking;
import dev.ragline.document.Content;
import dev.ragline.document.MediaType;
import dev.ragline.parsing.DocumentParser;
import dev.ragline.parsing.Outline;
import dev.ragline.parsing.ParsedWindow;
import dev.ragline.parsing.SourceText;
import dev.ragline.parsing.WindowText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a document that is too large to be read at once, window by window, into the chunks that it
 * has when it is cut whole. A window that shows no place to go on from is read again, larger; one
 * of the largest size ends as if the document did, so that a single block of some megabytes may be
 * cut at another place. Used once, by one thread at a time.
 */
public final class WindowedCut {
  private static final int USUAL = 256 << 10;

  /** Bytes of a window at most. */
  private static final int LARGEST = 4 << 20;

  private final Content content;
  private final MediaType mediaType;
  private final DocumentParser parser;
  private final Chunker chunker;
  private final Seams seams;
  private final int usual;
  private final int largest;
  private final String title;

  /** Where the window begins in the content, and what was said before. */
  private long start;

  private Outline above = Outline.NONE;

  /** Where its chunks begin, in its chars. */
  private int from;

  /** Where its chunks begin, in its bytes. */
  private long fromBytes;

  private int size;
  private @Nullable ParsedWindow window;
  private Iterator<ChunkDraft> rest = Collections.emptyIterator();
  private List<ChunkDraft> chunks = new ArrayList<>();
  private List<Part> done = new ArrayList<>();
  private boolean over;

  /**
   * A chunk of a window.
   *
   * @param start where the window begins in the content, in bytes
   */
  public record Part(ChunkDraft chunk, long start) {}

  /**
   * @param content found to be a text
   * @param chunker as {@code chunking} wants it
   * @param title what the document is called
   */
  public WindowedCut(
      Content content,
      MediaType mediaType,
      DocumentParser parser,
      Chunking chunking,
      Chunker chunker,
      String title) {
    this(content, mediaType, parser, chunking, chunker, title, USUAL, LARGEST);
  }

  WindowedCut(
      Content content,
      MediaType mediaType,
      DocumentParser parser,
      Chunking chunking,
      Chunker chunker,
      String title,
      int usual,
      int largest) {
    this.content = content;
    this.mediaType = mediaType;
    this.parser = parser;
    this.chunker = chunker;
    this.seams = new Seams(chunking, mediaType);
    this.title = title;
    this.usual = usual;
    this.largest = largest;
    this.size = usual;
  }

  /** Bytes of the window that is read now, or is read next. */
  public long windowBytes() {
    return fromBytes + size;
  }

  /** Does a little: reads a window, or cuts one chunk. Returns whether there is more to do. */
  public boolean goOn() {
    if (over) {
      return false;
    }
    ParsedWindow now = window;
    if (now == null) {
      read();
    } else if (rest.hasNext()) {
      chunks.add(rest.next());
    } else {
      end(now);
    }
    return !over;
  }

  /** Whether all of the document is cut. */
  public boolean isOver() {
    return over;
  }

  /** The chunks that were found since this was asked last. */
  public List<Part> take() {
    List<Part> found = done;
    done = new ArrayList<>();
    return found;
  }

  private void read() {
    int bytes = Math.toIntExact(Math.min(windowBytes(), Integer.MAX_VALUE / 2));
    SourceText text = WindowText.read(content, start, bytes);
    ParsedWindow read = parser.parse(text, mediaType, above);
    window = read;
    chunks = new ArrayList<>();
    rest = chunker.chunks(read.document().from(from), title);
  }

  private void end(ParsedWindow read) {
    SourceText text = read.document().source();
    long end = start + text.bytes(0, text.text().length()).end();
    if (end == content.size()) {
      accept(chunks.size());
      over = true;
      return;
    }
    Seam seam = seams.last(read, chunks);
    if (seam == null && size < largest) {
      size = Math.min(2 * size, largest);
    } else if (seam == null) {
      accept(chunks.size());
      begin(end, 0, 0, read.after());
    } else {
      accept(seam.chunk());
      long skipped = text.bytes(0, seam.start()).end();
      long lead = text.bytes(seam.start(), seam.start() + seam.from()).length();
      Outline outline = seam.block() < 0 ? above : read.above().get(seam.block());
      begin(start + skipped, seam.from(), lead, outline);
    }
    window = null;
  }

  private void begin(long next, int nextFrom, long nextFromBytes, Outline outline) {
    start = next;
    from = nextFrom;
    fromBytes = nextFromBytes;
    above = outline;
    size = usual;
  }

  private void accept(int count) {
    for (ChunkDraft chunk : chunks.subList(0, count)) {
      done.add(new Part(chunk, start));
    }
  }
}
