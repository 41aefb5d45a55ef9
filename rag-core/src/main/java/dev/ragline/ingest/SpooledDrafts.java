package dev.ragline.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ragline.chunking.ChunkDraft;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Content;
import dev.ragline.spool.Spool;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Chunks of a large document: where each stands in its content, and what is embedded before it, are
 * in a spool. Their texts are read from the content.
 */
final class SpooledDrafts implements DraftList {
  private static final int NUMBERS = 3 * Long.BYTES + 2 * Integer.BYTES;

  private final Content content;
  private final SpooledRecords records;

  SpooledDrafts(Content content, Spool spool) {
    this.content = content;
    this.records = new SpooledRecords(spool);
  }

  /**
   * Adds the next chunk.
   *
   * @param windowStart where the text that it was cut from begins in the content
   */
  void add(ChunkDraft chunk, long windowStart) {
    ByteRange range = chunk.range();
    ByteRange embedded = chunk.source().bytes(chunk.embeddedFrom(), chunk.span().end());
    List<byte[]> texts = new ArrayList<>();
    texts.add(chunk.context().getBytes(UTF_8));
    chunk.headingPath().forEach(heading -> texts.add(heading.getBytes(UTF_8)));
    int length = texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
    ByteBuffer record = ByteBuffer.allocate(NUMBERS + length);
    record.putLong(windowStart + range.start()).putLong(windowStart + range.end());
    record.putLong(windowStart + embedded.start());
    record.putInt(texts.size());
    texts.forEach(text -> record.putInt(text.length).put(text));
    records.add(record.array(), record.position());
  }

  @Override
  public int size() {
    return records.size();
  }

  @Override
  public Draft get(int ordinal) {
    ByteBuffer record = ByteBuffer.wrap(records.get(ordinal));
    ByteRange range = new ByteRange(record.getLong(), record.getLong());
    long embeddedFrom = record.getLong();
    List<String> texts = new ArrayList<>();
    for (int count = record.getInt(); count > 0; count--) {
      byte[] text = new byte[record.getInt()];
      record.get(text);
      texts.add(new String(text, UTF_8));
    }
    byte[] read = content.bytes(embeddedFrom, Math.toIntExact(range.end() - embeddedFrom));
    int before = (int) (range.start() - embeddedFrom);
    return new Draft.Spooled(
        new String(read, before, read.length - before, UTF_8),
        range,
        List.copyOf(texts.subList(1, texts.size())),
        texts.getFirst() + new String(read, UTF_8));
  }

  @Override
  public void close() {
    records.close();
  }
}
