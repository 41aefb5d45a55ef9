package dev.ragline.client.cli;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.ragline.client.RagClient;
import dev.ragline.client.verification.AnswerVerifier;
import dev.ragline.client.verification.Finding;
import dev.ragline.client.verification.Verification;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rag verify}: checks a saved answer against the server. */
@Command(
    name = "verify",
    description = "Checks every citation of a saved answer against the server's documents.",
    footer = {
      "",
      "The file holds an answer as JSON, or what ask --json printed.",
      "Exits with 0 when everything holds, and with 1 when something does not, which is listed.",
      "A document that was replaced since the answer was given is listed as REVISION_GONE.",
      "",
      "Examples:",
      "  rag ask \"How is data stored?\" --corpus handbook --json > answer.json",
      "  rag verify answer.json"
    })
final class VerifyCommand extends ClientCommand {
  @Parameters(paramLabel = "FILE", description = "The answer, as JSON.")
  private Path file = Path.of("");

  VerifyCommand(Shell shell) {
    super(shell);
  }

  @Override
  int run(RagClient client) {
    Verification verification = AnswerFile.parse(read()).verify(new AnswerVerifier(client));
    if (json()) {
      shell.out().print(toJson(verification) + "\n");
      shell.out().flush();
    } else {
      print(verification);
    }
    return verification.holds() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private String read() {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw CommandException.usage("there is no file " + file);
    } catch (CharacterCodingException e) {
      throw CommandException.failed(file + " is not UTF-8");
    } catch (IOException e) {
      throw CommandException.failed("cannot read " + file);
    }
  }

  private void print(Verification verification) {
    for (Finding finding : verification.findings()) {
      shell
          .out()
          .println(
              Text.oneLine(
                  "%s: %s (%s)".formatted(finding.place(), finding.message(), finding.kind())));
    }
    String checked =
        Text.count(verification.citations(), "citation")
            + " and "
            + Text.count(verification.passages(), "passage");
    int findings = verification.findings().size();
    shell
        .out()
        .println(
            checked
                + (findings == 0
                    ? " checked, everything holds"
                    : " checked, "
                        + Text.count(findings, "thing")
                        + (findings == 1 ? " does not hold" : " do not hold")));
    shell.out().flush();
  }

  /** One line; JsonFormat itself would print the counts with a decimal point. */
  private static String toJson(Verification verification) {
    ListValue.Builder findings = ListValue.newBuilder();
    for (Finding finding : verification.findings()) {
      Struct one =
          Struct.newBuilder()
              .putFields("kind", text(finding.kind().name()))
              .putFields("place", text(finding.place()))
              .putFields("message", text(finding.message()))
              .build();
      findings.addValues(Value.newBuilder().setStructValue(one));
    }
    return "{\"holds\":%b,\"citations\":%d,\"passages\":%d,\"findings\":%s}"
        .formatted(
            verification.holds(),
            verification.citations(),
            verification.passages(),
            Json.text(findings));
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }
}
