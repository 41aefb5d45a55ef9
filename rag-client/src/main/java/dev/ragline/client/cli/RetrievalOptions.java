package dev.ragline.client.cli;

import dev.ragline.v1.Fusion;
import dev.ragline.v1.HydeMode;
import dev.ragline.v1.RerankMode;
import dev.ragline.v1.RetrievalMode;
import dev.ragline.v1.RetrievalSpec;
import dev.ragline.v1.RewriteMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How passages are found. */
final class RetrievalOptions {
  private static final int MAX_LIMIT = 100;
  private static final int MAX_RERANK_CANDIDATES = 1000;

  /** Which evidence is used. */
  enum Mode {
    HYBRID(RetrievalMode.RETRIEVAL_MODE_HYBRID),
    DENSE(RetrievalMode.RETRIEVAL_MODE_DENSE),
    LEXICAL(RetrievalMode.RETRIEVAL_MODE_LEXICAL);

    private final RetrievalMode wire;

    Mode(RetrievalMode wire) {
      this.wire = wire;
    }
  }

  /** How a follow-up question is made to stand alone. */
  enum Rewrite {
    OFF(RewriteMode.REWRITE_MODE_OFF),
    KEY_TERMS(RewriteMode.REWRITE_MODE_KEY_TERMS),
    LLM_REQUIRED(RewriteMode.REWRITE_MODE_LLM_REQUIRED);

    private final RewriteMode wire;

    Rewrite(RewriteMode wire) {
      this.wire = wire;
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many passages to find, 1 to 100; 3 where not given, 10 in eval.")
  private @Nullable Integer limit;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description =
          "hybrid (vectors and words), dense (vectors) or lexical (words); hybrid where not given.")
  private Mode mode = Mode.HYBRID;

  @Option(
      names = "--fusion",
      paramLabel = "HOW",
      converter = FusionConverter.class,
      description =
          "How a hybrid search joins its two rankings: evidence[:PASSAGES], weighted[:WEIGHT OF THE"
              + " VECTORS] or rrf[:K]; evidence where not given.")
  private @Nullable Fusion fusion;

  @Option(
      names = "--filter",
      paramLabel = "CEL",
      description =
          "Which documents to look in, as 'metadata.team == \"search\"' or"
              + " 'document.title.startsWith(\"Run\")'; all where not given.")
  private String filter = "";

  /** How much reranking is wanted. */
  enum Reranking {
    OFF(RerankMode.RERANK_MODE_OFF),
    OPTIONAL(RerankMode.RERANK_MODE_OPTIONAL),
    REQUIRED(RerankMode.RERANK_MODE_REQUIRED);

    private final RerankMode wire;

    Reranking(RerankMode wire) {
      this.wire = wire;
    }
  }

  @Option(
      names = "--rerank",
      paramLabel = "HOW",
      description =
          "Whether the server's reranker orders the best passages anew: off, optional (as far as"
              + " time allows) or required; optional where not given and there is one.")
  private @Nullable Reranking rerank;

  @Option(
      names = "--rerank-candidates",
      paramLabel = "N",
      description = "How many passages the reranker reads, 1 to 1000; 16 where not given.")
  private @Nullable Integer rerankCandidates;

  @Option(
      names = "--rewrite",
      paramLabel = "HOW",
      description =
          "How a follow-up question is made to stand alone: off, key-terms (of the history) or"
              + " llm-required; by the server's LLM where it has one, and else by key terms, where"
              + " not given.")
  private @Nullable Rewrite rewrite;

  @Option(
      names = "--hyde",
      description =
          "Have the server's LLM write a passage that might answer the question, and find real ones"
              + " like it; where it cannot, search without.")
  private boolean hyde;

  @Option(names = "--hyde-required", description = "The same; where it cannot, fail.")
  private boolean hydeRequired;

  @Option(
      names = "--consistency",
      paramLabel = "LEVEL",
      description =
          "What must be seen in a store of many machines: strong, session, bounded or eventual;"
              + " else what the corpus says.")
  private @Nullable Level consistency;

  @Option(
      names = "--consistency-token",
      paramLabel = "TOKEN",
      description = "See at least the write whose receipt holds this token.")
  private String token = "";

  @Mixin private final SelectionOptions selection = new SelectionOptions();

  void check() {
    if (limit != null && (limit < 1 || limit > MAX_LIMIT)) {
      throw CommandException.usage("--limit is 1 to " + MAX_LIMIT + ", not " + limit);
    }
    if (rerankCandidates != null
        && (rerankCandidates < 1 || rerankCandidates > MAX_RERANK_CANDIDATES)) {
      throw CommandException.usage(
          "--rerank-candidates is 1 to %d, not %d"
              .formatted(MAX_RERANK_CANDIDATES, rerankCandidates));
    }
    selection.check();
  }

  RetrievalSpec spec() {
    RetrievalSpec.Builder spec =
        RetrievalSpec.newBuilder().setMode(mode.wire).setConsistencyToken(token).setFilter(filter);
    if (limit != null) {
      spec.setLimit(limit);
    }
    if (fusion != null) {
      spec.setFusion(fusion);
    }
    if (rerank != null) {
      spec.getRerankBuilder().setMode(rerank.wire);
    }
    if (rerankCandidates != null) {
      spec.getRerankBuilder().setCandidates(rerankCandidates);
    }
    if (rewrite != null) {
      spec.setRewrite(rewrite.wire);
    }
    if (hydeRequired) {
      spec.setHyde(HydeMode.HYDE_MODE_REQUIRED);
    } else if (hyde) {
      spec.setHyde(HydeMode.HYDE_MODE_OPTIONAL);
    }
    if (consistency != null) {
      spec.setConsistency(consistency.wire());
    }
    selection.addTo(spec);
    return spec.build();
  }
}
