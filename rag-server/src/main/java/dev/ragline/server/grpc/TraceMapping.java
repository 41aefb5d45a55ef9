package dev.ragline.server.grpc;

import dev.ragline.document.CorpusId;
import dev.ragline.v1.CandidateTrace;
import dev.ragline.v1.DropReason;
import dev.ragline.v1.RankingStage;
import dev.ragline.v1.StageRank;
import java.util.List;

/** What became of candidates, to the wire. */
final class TraceMapping {
  private TraceMapping() {}

  static List<CandidateTrace> toProto(
      CorpusId corpus, List<dev.ragline.retrieval.CandidateTrace> candidates) {
    return candidates.stream().map(candidate -> toProto(corpus, candidate)).toList();
  }

  private static CandidateTrace toProto(
      CorpusId corpus, dev.ragline.retrieval.CandidateTrace candidate) {
    CandidateTrace.Builder proto =
        CandidateTrace.newBuilder().setChunk(candidate.chunk().resourceName(corpus));
    candidate
        .places()
        .forEach(
            (stage, place) -> {
              StageRank.Builder rank =
                  StageRank.newBuilder()
                      .setStage(RankingStage.valueOf("RANKING_STAGE_" + stage.name()))
                      .setRank(place.rank());
              Double score = place.score();
              proto.addRanks(score == null ? rank : rank.setScore(score));
            });
    if (candidate.evidence() != null) {
      proto.setEvidence(RetrievalMapping.toProto(candidate.evidence()));
    }
    if (candidate.dropped() != null) {
      proto.setDropped(DropReason.valueOf("DROP_REASON_" + candidate.dropped().name()));
    }
    return proto.build();
  }
}
