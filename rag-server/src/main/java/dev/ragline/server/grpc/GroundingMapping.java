package dev.ragline.server.grpc;

import dev.ragline.alignment.AlignedSentence;
import dev.ragline.answering.GroundingSpec.Unsupported;
import dev.ragline.document.GroundingSettings;
import dev.ragline.v1.AnswerSentence;
import dev.ragline.v1.GroundingSpec;

/** What answers must rest on, from the wire, and how they do, to it. */
final class GroundingMapping {
  private GroundingMapping() {}

  static dev.ragline.answering.GroundingSpec fromProto(GroundingSpec spec) {
    Unsupported unsupported =
        switch (spec.getUnsupported()) {
          case UNSUPPORTED_POLICY_ABSTAIN -> Unsupported.ABSTAIN;
          case UNSUPPORTED_POLICY_MARK, UNSUPPORTED_POLICY_UNSPECIFIED, UNRECOGNIZED ->
              dev.ragline.answering.GroundingSpec.DEFAULT.unsupported();
        };
    GroundingSettings gate =
        spec.hasThreshold()
            ? new GroundingSettings(spec.getThreshold())
            : GroundingSettings.DEFAULT;
    return new dev.ragline.answering.GroundingSpec(gate, unsupported);
  }

  static AnswerSentence toProto(AlignedSentence sentence) {
    AnswerSentence.Builder proto =
        AnswerSentence.newBuilder()
            .setAnswerRange(DocumentMapping.toProto(sentence.range()))
            .setSupport(sentence.support().score())
            .setPassageRank(sentence.passageRank())
            .addAllCitations(sentence.citations())
            .setLexical(sentence.support().lexical())
            .setUnsupported(sentence.unsupported());
    Double semantic = sentence.support().semantic();
    return semantic == null ? proto.build() : proto.setSemantic(semantic).build();
  }
}
