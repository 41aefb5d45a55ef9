package dev.ragline.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.util.SplittableRandom;

/** Paragraphs of made-up words, so many bytes of them, the same for the same seed. */
final class EndlessText extends InputStream {
  private static final int WORDS = 20_000;
  private static final int SENTENCE = 14;
  private static final int MOST_SENTENCES = 9;
  private static final String[] SYLLABLES = {
    "ba", "ko", "ri", "tan", "mel", "su", "dor", "vi", "pla", "nek", "os", "um", "fe", "gar", "li"
  };

  private final SplittableRandom random;
  private final String[] words = new String[WORDS];
  private long left;
  private byte[] paragraph = new byte[0];
  private int at;

  EndlessText(long seed, long bytes) {
    this.random = new SplittableRandom(seed);
    this.left = bytes;
    for (int i = 0; i < WORDS; i++) {
      StringBuilder word = new StringBuilder();
      for (int syllables = 1 + i % 3; syllables >= 0; syllables--) {
        word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
      }
      words[i] = word.toString();
    }
  }

  /** A text of the same kind, whole. */
  static byte[] of(long seed, int bytes) {
    try (EndlessText text = new EndlessText(seed, bytes)) {
      byte[] all = new byte[bytes];
      int _ = text.readNBytes(all, 0, bytes);
      return all;
    }
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (left == 0) {
      return -1;
    }
    if (at == paragraph.length) {
      paragraph = next();
      at = 0;
    }
    int count = (int) Math.min(Math.min(length, paragraph.length - at), left);
    System.arraycopy(paragraph, at, into, offset, count);
    at += count;
    left -= count;
    return count;
  }

  @Override
  public int readNBytes(byte[] into, int offset, int length) {
    int done = 0;
    while (done < length && left > 0) {
      done += read(into, offset + done, length - done);
    }
    return done;
  }

  private byte[] next() {
    StringBuilder text = new StringBuilder();
    for (int sentence = random.nextInt(MOST_SENTENCES); sentence >= 0; sentence--) {
      for (int word = 4 + random.nextInt(SENTENCE); word >= 0; word--) {
        text.append(words[(int) (WORDS * Math.pow(random.nextDouble(), 3))]);
        text.append(word > 0 ? " " : sentence > 0 ? ". " : ".\n\n");
      }
    }
    return text.toString().getBytes(UTF_8);
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
