package dev.ragline.client.cli;

import dev.ragline.v1.CandidateTrace;
import dev.ragline.v1.DropReason;
import dev.ragline.v1.RankingStage;
import dev.ragline.v1.StageRank;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What became of each candidate: a row each, and a column for each ranking that there was, with the
 * rank and the score in it.
 */
final class TraceTable {
  private static final String STAGE = "RANKING_STAGE_";
  private static final String REASON = "DROP_REASON_";

  private TraceTable() {}

  static void print(List<CandidateTrace> candidates, PrintStream out) {
    List<RankingStage> stages =
        candidates.stream()
            .flatMap(candidate -> candidate.getRanksList().stream())
            .map(StageRank::getStage)
            .filter(stage -> stage != RankingStage.UNRECOGNIZED)
            .distinct()
            .sorted()
            .toList();
    List<String> headings = new ArrayList<>(List.of("CANDIDATE"));
    stages.forEach(stage -> headings.add(stage.name().substring(STAGE.length())));
    headings.add("DROPPED");
    Table table = new Table(headings.toArray(String[]::new));
    for (CandidateTrace candidate : candidates) {
      List<String> cells = new ArrayList<>(List.of(name(candidate)));
      stages.forEach(stage -> cells.add(cell(candidate, stage)));
      cells.add(reason(candidate.getDropped()));
      table.row(cells.toArray(String[]::new));
    }
    table.print(out);
  }

  /** The chunk's name within the corpus. */
  private static String name(CandidateTrace candidate) {
    return Text.oneLine(candidate.getChunk().replaceFirst("^corpora/[^/]*/documents/", ""));
  }

  private static String cell(CandidateTrace candidate, RankingStage stage) {
    return candidate.getRanksList().stream()
        .filter(rank -> rank.getStage() == stage)
        .map(TraceTable::place)
        .findFirst()
        .orElse("-");
  }

  private static String place(StageRank rank) {
    String place = Integer.toString(rank.getRank());
    return rank.hasScore()
        ? String.format(Locale.ROOT, "%s (%.4f)", place, rank.getScore())
        : place;
  }

  private static String reason(DropReason reason) {
    return switch (reason) {
      case DROP_REASON_UNSPECIFIED -> "";
      case UNRECOGNIZED -> "for another reason";
      default ->
          reason.name().substring(REASON.length()).toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }
}
