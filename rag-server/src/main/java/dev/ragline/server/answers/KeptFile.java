package dev.ragline.server.answers;

import dev.ragline.document.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * How an answer stands in a file: {@code RGA1}, the milliseconds at which it was finished, the
 * first sequence, the number of events (8, 8 and 4 bytes, big-endian), each event's size (4 bytes)
 * and bytes, and the SHA-256 of all that. A file that does not end so was not written to its end.
 */
final class KeptFile {
  private static final int MAGIC = 0x52474131;
  private static final int DIGEST_BYTES = 32;

  private KeptFile() {}

  static byte[] write(AnswerArchive.Kept answer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeLong(answer.finished().toEpochMilli());
      out.writeLong(answer.first());
      out.writeInt(answer.events().size());
      for (byte[] event : answer.events()) {
        out.writeInt(event.length);
        out.write(event);
      }
      out.write(digest(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a file's bytes.
   *
   * @throws IOException when they are not what {@link #write} gave
   */
  static AnswerArchive.Kept read(byte[] file) throws IOException {
    int end = file.length - DIGEST_BYTES;
    if (end < 0 || !Arrays.equals(digest(file, end), Arrays.copyOfRange(file, end, file.length))) {
      throw new IOException("the file is not whole");
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file, 0, end))) {
      if (in.readInt() != MAGIC) {
        throw new IOException("the file is none of an answer");
      }
      Instant finished = Instant.ofEpochMilli(in.readLong());
      long first = in.readLong();
      int count = in.readInt();
      List<byte[]> events = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        events.add(in.readNBytes(in.readInt()));
      }
      return new AnswerArchive.Kept(finished, first, events);
    }
  }

  private static byte[] digest(byte[] bytes, int length) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(bytes, 0, length);
    return HexFormat.of().parseHex(Sha256.finish(digest).hex());
  }
}
