package dev.ragline.ingest;

import dev.ragline.spool.Spool;
import dev.ragline.store.ChunkVectors;
import dev.ragline.store.SentenceVectors;
import java.nio.ByteBuffer;

/** Vectors of a large document, in a spool. */
final class SpooledVectors implements VectorTable {
  /** Of memory, for each text's. */
  private static final int BYTES_PER_TEXT = 16;

  private final SpooledRecords records;

  SpooledVectors(Spool spool) {
    this.records = new SpooledRecords(spool);
  }

  @Override
  public long add(ChunkVectors vectors) {
    byte[] sentences = vectors.sentences().bytes();
    float[] vector = vectors.vector();
    ByteBuffer record =
        ByteBuffer.allocate(Integer.BYTES + Float.BYTES * vector.length + sentences.length);
    record.putInt(vector.length);
    record.asFloatBuffer().put(vector);
    record.position(Integer.BYTES + Float.BYTES * vector.length);
    record.put(sentences);
    records.add(record.array(), record.position());
    return BYTES_PER_TEXT;
  }

  @Override
  public ChunkVectors get(int text) {
    ByteBuffer record = ByteBuffer.wrap(records.get(text));
    float[] vector = new float[record.getInt()];
    record.asFloatBuffer().get(vector);
    record.position(Integer.BYTES + Float.BYTES * vector.length);
    byte[] sentences = new byte[record.remaining()];
    record.get(sentences);
    return new ChunkVectors(vector, SentenceVectors.ofBytes(sentences, vector.length));
  }

  @Override
  public boolean isHeld() {
    return false;
  }

  @Override
  public int size() {
    return records.size();
  }

  @Override
  public void close() {
    records.close();
  }
}
