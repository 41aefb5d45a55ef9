package dev.ragline.client.cli;

import com.google.protobuf.ByteString;
import dev.ragline.client.RagClient;
import dev.ragline.v1.ByteRange;
import dev.ragline.v1.ContentBlock;
import dev.ragline.v1.GetDocumentContentResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rag document content}. */
@Command(
    name = "content",
    description = "Prints a document's bytes, exactly as they were uploaded.",
    footer = {
      "",
      "A citation is checked by cutting out its bytes and hashing them.",
      "",
      "Examples:",
      "  rag document content guide~start.md --corpus handbook > start.md",
      "  rag document content guide~start.md --corpus handbook --range 120-340 | sha256sum"
    })
final class DocumentContentCommand extends OneDocumentCommand {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

  @Option(
      names = "--range",
      paramLabel = "START-END",
      description = "The bytes wanted, from 0, the end exclusive.")
  private String range = "";

  DocumentContentCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    super.check();
    var unused = range();
  }

  @Override
  int run(RagClient client) {
    ByteRange wanted = range();
    if (json()) {
      byte[] bytes = client.documentContent(name(), wanted);
      ContentBlock.Builder block =
          ContentBlock.newBuilder()
              .setOffset(wanted == null ? 0 : wanted.getStart())
              .setData(ByteString.copyFrom(bytes));
      Json.print(shell.out(), GetDocumentContentResponse.newBuilder().setBlock(block));
      return ExitCode.DONE;
    }
    try (InputStream content = client.openContent(name(), wanted)) {
      content.transferTo(shell.out());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to standard output", e);
    }
    shell.out().flush();
    return ExitCode.DONE;
  }

  private @Nullable ByteRange range() {
    if (range.isEmpty()) {
      return null;
    }
    Matcher matcher = RANGE.matcher(range);
    if (!matcher.matches()) {
      throw CommandException.usage("--range is START-END, not '" + range + "'");
    }
    return ByteRange.newBuilder()
        .setStart(Long.parseLong(matcher.group(1)))
        .setEnd(Long.parseLong(matcher.group(2)))
        .build();
  }
}
