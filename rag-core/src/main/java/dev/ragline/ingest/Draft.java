package dev.ragline.ingest;

import dev.ragline.chunking.ChunkDraft;
import dev.ragline.document.ByteRange;
import java.util.List;

/** A chunk that is not written yet. */
interface Draft {
  /** Exactly the document's bytes in {@link #range}. */
  String text();

  /** Where the text stands in the document's bytes. */
  ByteRange range();

  /** The headings above the text, outermost first. */
  List<String> headingPath();

  /** What the embedding model reads. */
  String embeddedText();

  /** One whose texts are made when they are asked for. */
  record Held(ChunkDraft chunk) implements Draft {
    @Override
    public String text() {
      return chunk.text();
    }

    @Override
    public ByteRange range() {
      return chunk.range();
    }

    @Override
    public List<String> headingPath() {
      return chunk.headingPath();
    }

    @Override
    public String embeddedText() {
      return chunk.embeddedText();
    }
  }

  /** One that was read back. */
  record Spooled(String text, ByteRange range, List<String> headingPath, String embeddedText)
      implements Draft {}
}
