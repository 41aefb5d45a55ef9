package dev.ragline.store.lucene;

import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexOutput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/** A directory whose disk is full from a chosen write on, until it is given space. */
final class FaultyDirectory extends FilterDirectory {
  /** How many writes a disk still takes, shared by all its directories. */
  static final class Disk {
    private static final long ENDLESS = Long.MAX_VALUE / 2;
    private final AtomicLong left = new AtomicLong(ENDLESS);

    /** Takes {@code writes} more writes, and fails all that follow. */
    void fillAfter(long writes) {
      left.set(writes);
    }

    void free() {
      left.set(ENDLESS);
    }

    /** The writes since it was freed. */
    long used() {
      return ENDLESS - left.get();
    }

    boolean isFull() {
      return left.get() < 0;
    }

    private void write() throws IOException {
      if (left.decrementAndGet() < 0) {
        throw new IOException("No space left on device");
      }
    }
  }

  private final Disk disk;

  FaultyDirectory(Directory in, Disk disk) {
    super(in);
    this.disk = disk;
  }

  @Override
  public IndexOutput createOutput(String name, IOContext context) throws IOException {
    disk.write();
    return new Output(super.createOutput(name, context));
  }

  @Override
  public IndexOutput createTempOutput(String prefix, String suffix, IOContext context)
      throws IOException {
    disk.write();
    return new Output(super.createTempOutput(prefix, suffix, context));
  }

  @Override
  public void sync(Collection<String> names) throws IOException {
    disk.write();
    super.sync(names);
  }

  @Override
  public void syncMetaData() throws IOException {
    disk.write();
    super.syncMetaData();
  }

  @Override
  public void rename(String source, String dest) throws IOException {
    disk.write();
    super.rename(source, dest);
  }

  @Override
  public void deleteFile(String name) throws IOException {
    super.deleteFile(name);
    disk.write();
  }

  private final class Output extends FilterIndexOutput {
    Output(IndexOutput out) {
      super("full at times: " + out.getName(), out.getName(), out);
    }

    @Override
    public void writeByte(byte b) throws IOException {
      disk.write();
      super.writeByte(b);
    }

    @Override
    public void writeBytes(byte[] b, int offset, int length) throws IOException {
      disk.write();
      super.writeBytes(b, offset, length);
    }
  }
}
