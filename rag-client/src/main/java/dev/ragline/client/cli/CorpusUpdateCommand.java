package dev.ragline.client.cli;

import com.google.protobuf.FieldMask;
import dev.ragline.client.RagClient;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.GenerationSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rag corpus update}. */
@Command(
    name = "update",
    description = "Changes what can be changed about a corpus; the rest stays as it is.",
    footer = {
      "",
      "Examples:",
      "  rag corpus update handbook --temperature 0 --answer-language question",
      "  rag corpus update handbook --usual-generation",
      "  rag corpus update handbook --threshold 0.3",
      "  rag corpus update handbook --usual-threshold",
      "  rag corpus update handbook --display-name 'The handbook'"
    })
final class CorpusUpdateCommand extends ClientCommand {
  @Parameters(paramLabel = "NAME", description = "The corpus.")
  private String name = "";

  @Mixin private final GenerationOptions generation = new GenerationOptions();

  @Mixin private final MaxTokensOption maxTokens = new MaxTokensOption();

  @Option(
      names = "--usual-generation",
      description = "Forget all that the corpus says of how answers are written, before the rest.")
  private boolean usualGeneration;

  @Mixin private final ThresholdOption threshold = new ThresholdOption();

  @Option(names = "--usual-threshold", description = "Take the threshold that suits most corpora.")
  private boolean usualThreshold;

  @Option(names = "--display-name", paramLabel = "TEXT", description = "What people call it.")
  private @Nullable String displayName;

  CorpusUpdateCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    generation.check();
    maxTokens.check();
    threshold.check();
    if (usualThreshold && threshold.given()) {
      throw CommandException.usage("--threshold or --usual-threshold, not both");
    }
    boolean asksNothing = !changesGeneration() && !changesThreshold() && displayName == null;
    if (asksNothing) {
      throw CommandException.usage("there is nothing to change; see: rag corpus update --help");
    }
  }

  private boolean changesGeneration() {
    return usualGeneration
        || !maxTokens.on(generation.spec()).equals(GenerationSpec.getDefaultInstance());
  }

  private boolean changesThreshold() {
    return usualThreshold || threshold.given();
  }

  @Override
  int run(RagClient client) {
    String corpus = ResourceArguments.corpus(name);
    Corpus.Builder wanted = Corpus.newBuilder().setName(corpus);
    FieldMask.Builder fields = FieldMask.newBuilder();
    if (displayName != null) {
      wanted.setDisplayName(displayName);
      fields.addPaths("display_name");
    }
    if (changesGeneration()) {
      Corpus there = client.getCorpus(corpus);
      GenerationSpec before =
          usualGeneration ? GenerationSpec.getDefaultInstance() : there.getGeneration();
      GenerationSpec after = GenerationOptions.over(before, maxTokens.on(generation.spec()));
      wanted.setEtag(there.getEtag()).setGeneration(after);
      fields.addPaths("generation");
    }
    if (changesThreshold()) {
      wanted.setGrounding(threshold.settings());
      fields.addPaths("grounding");
    }
    Corpus updated = client.updateCorpus(wanted.build(), fields.build());
    if (json()) {
      Json.print(shell.out(), updated);
    } else {
      shell.out().println("updated " + updated.getName());
    }
    return ExitCode.DONE;
  }
}
