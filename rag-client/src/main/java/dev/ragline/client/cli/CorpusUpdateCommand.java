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
  private boolean usual;

  @Option(names = "--display-name", paramLabel = "TEXT", description = "What people call it.")
  private @Nullable String displayName;

  CorpusUpdateCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    generation.check();
    maxTokens.check();
    boolean silent = maxTokens.on(generation.spec()).equals(GenerationSpec.getDefaultInstance());
    if (silent && !usual && displayName == null) {
      throw CommandException.usage("there is nothing to change; see: rag corpus update --help");
    }
  }

  @Override
  int run(RagClient client) {
    String corpus = ResourceArguments.corpus(name);
    GenerationSpec asked = maxTokens.on(generation.spec());
    Corpus.Builder wanted = Corpus.newBuilder().setName(corpus);
    FieldMask.Builder fields = FieldMask.newBuilder();
    if (displayName != null) {
      wanted.setDisplayName(displayName);
      fields.addPaths("display_name");
    }
    if (usual || !asked.equals(GenerationSpec.getDefaultInstance())) {
      Corpus there = client.getCorpus(corpus);
      GenerationSpec before = usual ? GenerationSpec.getDefaultInstance() : there.getGeneration();
      wanted.setEtag(there.getEtag()).setGeneration(GenerationOptions.over(before, asked));
      fields.addPaths("generation");
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
