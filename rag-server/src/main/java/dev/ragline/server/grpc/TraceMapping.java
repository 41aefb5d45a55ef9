package dev.ragline.server.grpc;

import com.google.protobuf.CodedOutputStream;
import dev.ragline.document.CorpusId;
import dev.ragline.v1.CandidateTrace;
import dev.ragline.v1.DropReason;
import dev.ragline.v1.RankingStage;
import dev.ragline.v1.StageRank;
import java.util.ArrayList;
import java.util.List;

/** What became of candidates, to the wire. */
final class TraceMapping {
  private TraceMapping() {}

  /** Bytes of all candidates in a message; passages have most of the 4 MiB that clients take. */
  private static final int MAX_BYTES = 3 << 18;

  /**
   * Candidates that fit into a message, from the first one on.
   *
   * @param leftOut how many more there are
   */
  record Told(List<CandidateTrace> candidates, int leftOut) {
    Told {
      candidates = List.copyOf(candidates);
    }
  }

  static Told toProto(CorpusId corpus, List<dev.ragline.retrieval.CandidateTrace> candidates) {
    List<CandidateTrace> told = new ArrayList<>();
    int left = MAX_BYTES;
    for (dev.ragline.retrieval.CandidateTrace candidate : candidates) {
      CandidateTrace next = toProto(corpus, candidate);
      left -= CodedOutputStream.computeMessageSize(1, next);
      if (left < 0) {
        break;
      }
      told.add(next);
    }
    return new Told(told, candidates.size() - told.size());
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
