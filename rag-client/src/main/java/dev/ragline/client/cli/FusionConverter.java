package dev.ragline.client.cli;

import dev.ragline.v1.EvidenceFusion;
import dev.ragline.v1.Fusion;
import dev.ragline.v1.ReciprocalRankFusion;
import dev.ragline.v1.WeightedFusion;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code evidence}, {@code evidence:32}, {@code weighted}, {@code weighted:0.6}, {@code rrf} or
 * {@code rrf:60}.
 */
final class FusionConverter implements ITypeConverter<Fusion> {
  @Override
  public Fusion convert(String text) {
    int colon = text.indexOf(':');
    String method = colon < 0 ? text : text.substring(0, colon);
    try {
      if (method.equalsIgnoreCase("evidence")) {
        EvidenceFusion.Builder evidence = EvidenceFusion.newBuilder();
        return Fusion.newBuilder()
            .setEvidence(
                colon < 0
                    ? evidence
                    : evidence.setCandidates(Integer.parseInt(text.substring(colon + 1))))
            .build();
      }
      if (method.equalsIgnoreCase("rrf")) {
        ReciprocalRankFusion.Builder rrf = ReciprocalRankFusion.newBuilder();
        return Fusion.newBuilder()
            .setReciprocalRank(colon < 0 ? rrf : rrf.setK(number(text, colon)))
            .build();
      }
      if (method.equalsIgnoreCase("weighted")) {
        WeightedFusion.Builder weighted = WeightedFusion.newBuilder();
        return Fusion.newBuilder()
            .setWeighted(colon < 0 ? weighted : weighted.setDenseWeight(number(text, colon)))
            .build();
      }
    } catch (NumberFormatException e) {
      throw wrong(text);
    }
    throw wrong(text);
  }

  private static double number(String text, int colon) {
    return Double.parseDouble(text.substring(colon + 1));
  }

  private static TypeConversionException wrong(String text) {
    return new TypeConversionException(
        "'"
            + text
            + "' is not evidence, evidence:32, weighted, weighted:0.6, rrf or rrf:60 or the like");
  }
}
