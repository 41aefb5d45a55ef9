package dev.ragline.client.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rag completion}: prints what makes a shell complete rag's commands and options. */
@Command(
    name = "completion",
    description = "Prints a script by which a shell completes commands and options.",
    footer = {
      "",
      "Examples:",
      "  source <(rag completion bash)     # in ~/.bashrc",
      "  source <(rag completion zsh)      # in ~/.zshrc"
    })
final class CompletionCommand implements Callable<Integer> {
  /** The shells that the one script works in. */
  enum Target {
    BASH,
    ZSH
  }

  private final Shell shell;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "SHELL",
      arity = "0..1",
      defaultValue = "bash",
      description = "bash or zsh; bash where not given.")
  @SuppressWarnings("UnusedVariable") // one script serves both
  private Target target = Target.BASH;

  CompletionCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    if (spec != null) {
      shell.out().print(AutoComplete.bash("rag", spec.root().commandLine()));
    }
    return ExitCode.DONE;
  }
}
