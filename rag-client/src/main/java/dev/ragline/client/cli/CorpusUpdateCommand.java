package dev.ragline.client.cli;

import com.google.protobuf.FieldMask;
import dev.ragline.client.RagClient;
import dev.ragline.v1.Corpus;
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
      "  rag corpus update handbook --threshold 0.3",
      "  rag corpus update handbook --usual-threshold",
      "  rag corpus update handbook --display-name 'The handbook'"
    })
final class CorpusUpdateCommand extends ClientCommand {
  @Parameters(paramLabel = "NAME", description = "The corpus.")
  private String name = "";

  @Mixin private final ThresholdOption threshold = new ThresholdOption();

  @Option(names = "--usual-threshold", description = "Take the threshold that suits most corpora.")
  private boolean usual;

  @Option(names = "--display-name", paramLabel = "TEXT", description = "What people call it.")
  private @Nullable String displayName;

  CorpusUpdateCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    threshold.check();
    if (usual && threshold.given()) {
      throw CommandException.usage("--threshold or --usual-threshold, not both");
    }
    if (!usual && !threshold.given() && displayName == null) {
      throw CommandException.usage(
          "there is nothing to change; give --threshold, --usual-threshold or --display-name");
    }
  }

  @Override
  int run(RagClient client) {
    Corpus.Builder wanted = Corpus.newBuilder().setName(ResourceArguments.corpus(name));
    FieldMask.Builder fields = FieldMask.newBuilder();
    if (displayName != null) {
      wanted.setDisplayName(displayName);
      fields.addPaths("display_name");
    }
    if (usual || threshold.given()) {
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
