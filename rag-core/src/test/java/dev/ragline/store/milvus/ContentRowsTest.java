package dev.ragline.store.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.ragline.document.Content;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentRowsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, ContentRows.PIECE, ContentRows.PIECE + 1, 5 * ContentRows.PIECE - 1})
  void of_anyContent_isReadBackExactly(int size) throws Exception {
    byte[] content = new byte[size];
    // Half of it cannot be deflated.
    new Random(3).nextBytes(content);
    for (int i = 0; i < size / 2; i++) {
      content[i] = (byte) (i % 7);
    }
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    int rows = 0;
    for (JsonObject row : ContentRows.of("w", Content.of(content))) {
      assertThat(row.get(ContentRows.KEY).getAsString()).isEqualTo(WrittenRows.key("w", rows++));
      read.writeBytes(ContentRows.decode(row.get(ContentRows.DATA).getAsString()));
    }
    assertThat(rows).isEqualTo(ContentRows.count(size));
    assertThat(read.toByteArray()).isEqualTo(content);
  }
}
