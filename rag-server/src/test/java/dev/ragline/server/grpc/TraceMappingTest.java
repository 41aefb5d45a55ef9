package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.ChunkId;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.retrieval.CandidateTrace;
import dev.ragline.retrieval.DropReason;
import dev.ragline.retrieval.RankingStage;
import dev.ragline.v1.Retrieved;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceMappingTest {
  private static final CorpusId CORPUS = new CorpusId("faq");

  private static List<CandidateTrace> candidates(int count, String document) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new CandidateTrace(
                    new ChunkId(new DocumentId(document), i),
                    Map.of(RankingStage.DENSE, new CandidateTrace.Place(i + 1, 0.5)),
                    null,
                    DropReason.NOT_IN_POOL))
        .toList();
  }

  @Test
  void toProto_usualNumber_tellsOfAll() {
    TraceMapping.Told told = TraceMapping.toProto(CORPUS, candidates(2_000, "handbook.md"));
    assertThat(told.candidates()).hasSize(2_000);
    assertThat(told.leftOut()).isZero();
  }

  @Test
  void toProto_tooMany_tellsOfTheFirstAndHowManyMore() {
    TraceMapping.Told told = TraceMapping.toProto(CORPUS, candidates(18_000, "d".repeat(512)));
    int size =
        Retrieved.newBuilder().addAllCandidates(told.candidates()).build().getSerializedSize();
    assertThat(size).isBetween(700 << 10, 768 << 10);
    assertThat(told.candidates().size() + told.leftOut()).isEqualTo(18_000);
    assertThat(told.candidates().getFirst().getChunk()).endsWith("/chunks/0");
  }
}
