package dev.ragline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ragline.bench.ScaleSet.Part;
import dev.ragline.document.ChunkId;
import dev.ragline.filter.FilterCompiler;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.EmbeddedChunk;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScaleSetTest {
  private static final int CHUNKS = 10_010;
  private static final ScaleSet SET = new ScaleSet(3, CHUNKS, 5, 32, 4);

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (double) a[d] * b[d];
    }
    return sum;
  }

  @Test
  void vector_sameSeed_isTheSameAndOfLengthOne() {
    ScaleSet again = new ScaleSet(3, CHUNKS, 5, 32, 4);
    ScaleSet other = new ScaleSet(4, CHUNKS, 5, 32, 4);
    for (int i = 0; i < CHUNKS; i += 1000) {
      assertThat(SET.vector(i)).isEqualTo(again.vector(i)).isNotEqualTo(other.vector(i));
      assertThat(product(SET.vector(i), SET.vector(i))).isCloseTo(1, within(1e-5));
    }
    assertThat(SET.questions()).isDeepEqualTo(again.questions());
  }

  @Test
  void document_everyNumber_hasAllChunksOnce() {
    int chunk = 0;
    for (int n = 0; n < SET.documents(); n++) {
      DocumentRevision document = SET.document(n);
      assertThat(document.document().size()).isEqualTo(document.content().size());
      for (EmbeddedChunk each : document.chunks()) {
        assertThat(each.chunk().id()).isEqualTo(SET.id(chunk));
        assertThat(each.vector()).isEqualTo(SET.vector(chunk));
        chunk++;
      }
    }
    assertThat(chunk).isEqualTo(CHUNKS);
  }

  @ParameterizedTest
  @EnumSource(Part.class)
  void nearest_everyPart_isWhatSortingAllGives(Part part) throws Exception {
    if (part != Part.ALL) {
      // The filter is one of the schema's.
      assertThat(FilterCompiler.compile(part.filter(), ScaleSet.SCHEMA)).isNotNull();
    }
    ExactSearch exact = ExactSearch.of(SET, 3, 4);
    for (int q = 0; q < 3; q++) {
      float[] question = SET.questions()[q];
      List<ChunkId> nearest =
          IntStream.range(0, CHUNKS)
              .filter(chunk -> part.has(SET.documentOf(chunk)))
              .boxed()
              .sorted(Comparator.comparingDouble(chunk -> -product(question, SET.vector(chunk))))
              .limit(4)
              .map(SET::id)
              .toList();
      assertThat(exact.nearest(part, q)).containsExactlyInAnyOrderElementsOf(nearest);
    }
  }
}
