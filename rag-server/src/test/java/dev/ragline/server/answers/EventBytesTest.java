package dev.ragline.server.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventBytesTest {
  @Test
  void get_beyondWhatIsHeld_isRefused() {
    EventBytes bytes = new EventBytes();
    bytes.add(new byte[3]);
    assertThatThrownBy(() -> read(bytes, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> read(bytes, -1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(bytes.dropFirst()).isEqualTo(3);
    assertThatThrownBy(() -> read(bytes, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(bytes::dropFirst).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void addAndDrop_inAnyOrder_holdsWhatAListWould(long seed) {
    Random random = new Random(seed);
    EventBytes bytes = new EventBytes();
    List<byte[]> model = new ArrayList<>();
    int longest = 1 << (1 + random.nextInt(12));
    for (int step = 0; step < 2000; step++) {
      // Fills up first, is emptied at last, and holds its size between.
      double dropping = step / 2000.0;
      if (!model.isEmpty() && random.nextDouble() < dropping) {
        byte[] first = model.removeFirst();
        assertThat(read(bytes, 0)).as("seed %d", seed).isEqualTo(first);
        assertThat(bytes.dropFirst()).isEqualTo(first.length);
      } else {
        byte[] piece = new byte[random.nextInt(longest)];
        random.nextBytes(piece);
        bytes.add(piece);
        model.add(piece);
      }
      assertThat(bytes.size()).isEqualTo(model.size());
      assertThat(bytes.length()).isEqualTo(model.stream().mapToInt(it -> it.length).sum());
    }
    for (int i = 0; i < model.size(); i++) {
      assertThat(read(bytes, i)).as("piece %d, seed %d", i, seed).isEqualTo(model.get(i));
    }
  }

  private static byte[] read(EventBytes bytes, int index) {
    return bytes.get(index, (all, start, length) -> Arrays.copyOfRange(all, start, start + length));
  }
}
