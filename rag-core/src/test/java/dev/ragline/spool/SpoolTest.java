package dev.ragline.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.document.Content;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  @TempDir Path folder;

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @Test
  void append_piecesOfAllSizes_areReadBackAnywhere() {
    SplittableRandom random = new SplittableRandom(1);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (Spool spool = new SpoolFolder(folder.resolve("new/below")).open()) {
      for (int i = 0; i < 200; i++) {
        byte[] piece = new byte[random.nextInt(3000)];
        random.nextBytes(piece);
        int from = piece.length / 3;
        assertThat(spool.append(piece, from, piece.length - from)).isEqualTo(all.size());
        all.write(piece, from, piece.length - from);
      }
      byte[] expected = all.toByteArray();
      Content content = new SpooledContent(spool);
      assertThat(content.size()).isEqualTo(expected.length);
      assertThat(content.held()).isZero();
      assertThat(content.whole()).isEqualTo(expected);
      assertThat(Sha256.of(content)).isEqualTo(Sha256.of(expected));
      for (int i = 0; i < 200; i++) {
        int from = random.nextInt(expected.length);
        int length = random.nextInt(expected.length - from + 1);
        assertThat(content.bytes(from, length))
            .isEqualTo(Arrays.copyOfRange(expected, from, from + length));
      }
    }
  }

  @Test
  void read_outsideOfIt_isRefused() {
    try (Spool spool = new SpoolFolder(folder).open()) {
      spool.append(new byte[10], 0, 10);
      assertThatThrownBy(() -> spool.read(5, 6)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> spool.read(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThat(spool.read(10, 0)).isEmpty();
    }
  }

  @Test
  void open_leavesNoFile_whateverHappensNext() throws IOException {
    try (Spool spool = new SpoolFolder(folder).open()) {
      spool.append(new byte[10], 0, 10);
      assertThat(files()).isZero();
    }
    assertThat(files()).isZero();
  }

  @Test
  void read_threadIsInterrupted_goesOn() {
    try (Spool spool = new SpoolFolder(folder).open()) {
      spool.append(new byte[] {7}, 0, 1);
      Thread.currentThread().interrupt();
      assertThat(spool.read(0, 1)).containsExactly(7);
      assertThat(Thread.interrupted()).isTrue();
      spool.append(new byte[] {8}, 0, 1);
      assertThat(spool.read(0, 2)).containsExactly(7, 8);
    }
  }

  @Test
  void use_afterTheEnd_isRefused() {
    Spool spool = new SpoolFolder(folder).open();
    spool.append(new byte[] {7}, 0, 1);
    spool.close();
    spool.close();
    assertThatThrownBy(() -> spool.read(0, 1)).isInstanceOf(RagException.class);
    assertThatThrownBy(() -> spool.append(new byte[1], 0, 1)).isInstanceOf(RagException.class);
  }

  @Test
  void open_whereNoFolderCanBe_saysSoWithoutItsPath() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> new SpoolFolder(file.resolve("below")).open())
        .isInstanceOf(RagException.class)
        .hasMessageNotContaining(folder.toString());
  }
}
