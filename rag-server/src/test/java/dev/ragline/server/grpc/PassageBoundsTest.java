package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.ragline.v1.Passage;
import dev.ragline.v1.RetrieveResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PassageBoundsTest {
  /** What a message may have beside its passages to be taken by a client with gRPC's own limit. */
  private static final int MOST = (4 << 20) - (1 << 20) - (1 << 19);

  private static Passage passage(int rank, int textBytes) {
    Passage.Builder passage = Passage.newBuilder().setRank(rank);
    passage.getChunkBuilder().setName("own").setText("é".repeat(textBytes / 2));
    return passage.build();
  }

  private static int size(List<Passage> passages) {
    return RetrieveResponse.newBuilder().addAllPassages(passages).build().getSerializedSize();
  }

  @Test
  void within_whatFits_isTheSame() {
    List<Passage> passages = IntStream.range(0, 100).mapToObj(i -> passage(i, 20_000)).toList();
    assertThat(PassageBounds.within(passages)).isEqualTo(passages);
  }

  @Test
  void within_someLongTexts_leavesTheShortOnesWhole() {
    List<Passage> passages = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      passages.add(passage(i, i % 5 == 0 ? 250_000 : 10_000));
    }
    List<Passage> bounded = PassageBounds.within(passages);
    assertThat(size(bounded)).isBetween(MOST / 3, MOST);
    for (int i = 0; i < 100; i++) {
      if (i % 5 == 0) {
        assertThat(bounded.get(i).getChunk().getTextTruncated()).isTrue();
        assertThat(bounded.get(i).getChunk().getText()).matches("é{10000,}");
      } else {
        assertThat(bounded.get(i)).isEqualTo(passages.get(i));
      }
    }
  }

  @Test
  void within_everythingAsLongAsItMayBe_fits() {
    String name = "corpora/faq/documents/" + "d".repeat(512) + "/chunks/";
    List<String> names = IntStream.range(0, 5_000).mapToObj(i -> name + i).toList();
    Struct metadata =
        Struct.newBuilder()
            .putFields(
                "tags",
                Value.newBuilder()
                    .setListValue(
                        ListValue.newBuilder()
                            .addAllValues(
                                Collections.nCopies(
                                    2_000, Value.newBuilder().setStringValue("t").build())))
                    .build())
            .build();
    List<Passage> passages = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Passage.Builder passage = passage(i, 256 << 10).toBuilder().addAllCollapsed(names);
      passage.getChunkBuilder().setName(names.get(4_000)).setRevision(name);
      passage.getChunkBuilder().addAllHeadingPath(Collections.nCopies(6, "漢".repeat(200)));
      passage.getExpandedBuilder().setText("x".repeat(256 << 10)).addAllChunks(names);
      passage
          .getDocumentBuilder()
          .setName(name)
          .setRevision(name)
          .setTitle("漢".repeat(1000))
          .setUri("😀".repeat(2000))
          .setMetadata(metadata);
      passages.add(passage.build());
    }
    List<Passage> bounded = PassageBounds.within(passages);
    assertThat(size(bounded)).isLessThanOrEqualTo(MOST);
    for (int i = 0; i < 100; i++) {
      Passage passage = bounded.get(i);
      assertThat(passage.getRank()).isEqualTo(i);
      assertThat(passage.getExpanded().getChunksList()).contains(names.get(4_000)).isSorted();
      assertThat(passage.getExpanded().getTextTruncated()).isTrue();
      assertThat(passages.get(i).getChunk().getText()).startsWith(passage.getChunk().getText());
    }
  }
}
