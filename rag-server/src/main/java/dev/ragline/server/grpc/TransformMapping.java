package dev.ragline.server.grpc;

import dev.ragline.transform.Hyde;
import dev.ragline.transform.QueryTransforms;
import dev.ragline.transform.Rewriting;
import dev.ragline.transform.Turn.Role;
import dev.ragline.v1.HydeMode;
import dev.ragline.v1.RetrievalSpec;
import dev.ragline.v1.RewriteMode;
import dev.ragline.v1.Turn;
import dev.ragline.v1.TurnRole;
import java.util.ArrayList;
import java.util.List;

/** What to make of a question before it is searched for, from the wire. */
final class TransformMapping {
  private TransformMapping() {}

  /** How to retrieve for a question that comes after a history. */
  static dev.ragline.retrieval.RetrievalSpec fromProto(RetrievalSpec spec, List<Turn> history) {
    dev.ragline.retrieval.RetrievalSpec plain = RetrievalMapping.fromProto(spec);
    return history.isEmpty()
        ? plain
        : plain.withTransforms(plain.transforms().after(turns(history)));
  }

  /** What a question without a history is to become. */
  static QueryTransforms transforms(RetrievalSpec spec) {
    return new QueryTransforms(
        spec.getQueriesList(), List.of(), fromProto(spec.getRewrite()), fromProto(spec.getHyde()));
  }

  private static List<dev.ragline.transform.Turn> turns(List<Turn> history) {
    List<dev.ragline.transform.Turn> turns = new ArrayList<>();
    for (Turn turn : history) {
      String field = "history[%d]".formatted(turns.size());
      Role role = turn.getRole() == TurnRole.TURN_ROLE_ASSISTANT ? Role.ASSISTANT : Role.USER;
      turns.add(Fields.below(field, () -> new dev.ragline.transform.Turn(role, turn.getText())));
    }
    return turns;
  }

  private static Rewriting fromProto(RewriteMode mode) {
    return switch (mode) {
      case REWRITE_MODE_OFF -> Rewriting.OFF;
      case REWRITE_MODE_KEY_TERMS -> Rewriting.KEY_TERMS;
      case REWRITE_MODE_LLM_REQUIRED -> Rewriting.MODEL_REQUIRED;
      case REWRITE_MODE_UNSPECIFIED, UNRECOGNIZED -> Rewriting.AUTO;
    };
  }

  private static Hyde fromProto(HydeMode mode) {
    return switch (mode) {
      case HYDE_MODE_OPTIONAL -> Hyde.OPTIONAL;
      case HYDE_MODE_REQUIRED -> Hyde.REQUIRED;
      case HYDE_MODE_UNSPECIFIED, HYDE_MODE_OFF, UNRECOGNIZED -> Hyde.OFF;
    };
  }
}
