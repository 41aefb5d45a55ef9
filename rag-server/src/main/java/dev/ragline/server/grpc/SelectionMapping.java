package dev.ragline.server.grpc;

import dev.ragline.document.CorpusId;
import dev.ragline.document.Sha256;
import dev.ragline.retrieval.ExpandedText;
import dev.ragline.v1.Expansion;
import dev.ragline.v1.Passage;
import dev.ragline.v1.Selection;

/**
 * Which passages are given and with how much around them, from the wire; what came of it, to it.
 */
final class SelectionMapping {
  private SelectionMapping() {}

  static dev.ragline.retrieval.Selection fromProto(Selection selection) {
    return new dev.ragline.retrieval.Selection(
        selection.hasMinScore() ? selection.getMinScore() : null,
        selection.getCollapse(),
        selection.getMaxPerDocument(),
        selection.hasMmrLambda() ? selection.getMmrLambda() : 1);
  }

  static dev.ragline.retrieval.Expansion fromProto(Expansion expansion) {
    return new dev.ragline.retrieval.Expansion(
        expansion.getNeighbors(),
        expansion.getSection(),
        expansion.getMaxTokens() == 0
            ? dev.ragline.retrieval.Expansion.MAX_TOKENS
            : expansion.getMaxTokens());
  }

  /** Tells what a passage stands for and what stands around it. */
  static void add(CorpusId corpus, dev.ragline.retrieval.Passage passage, Passage.Builder proto) {
    passage.collapsed().forEach(id -> proto.addCollapsed(id.resourceName(corpus)));
    if (passage.expanded() != null) {
      proto.setExpanded(toProto(corpus, passage.expanded()));
    }
  }

  private static dev.ragline.v1.ExpandedText toProto(CorpusId corpus, ExpandedText expanded) {
    dev.ragline.v1.ExpandedText.Builder proto =
        dev.ragline.v1.ExpandedText.newBuilder()
            .setText(expanded.text())
            .setSourceRange(DocumentMapping.toProto(expanded.range()))
            .setSha256(Sha256.of(expanded.text()).hex());
    expanded.chunks().forEach(chunk -> proto.addChunks(chunk.id().resourceName(corpus)));
    return PassageBounds.cut(proto.build(), PassageBounds.MAX_TEXT_BYTES);
  }
}
