package dev.ragline.client.cli;

import com.google.protobuf.Value;
import dev.ragline.client.RagClient;
import dev.ragline.v1.Chunk;
import dev.ragline.v1.Document;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rag document show}. */
@Command(
    name = "show",
    description = "Shows what a document is, and with --chunks what it was cut into.",
    footer = {
      "",
      "Examples:",
      "  rag document show guide~start.md --corpus handbook",
      "  rag document show guide~start.md --corpus handbook --chunks"
    })
final class DocumentShowCommand extends OneDocumentCommand {
  private static final int SHOWN_LINES = 3;
  private static final int SHOWN_WIDTH = 160;

  @Option(names = "--chunks", description = "Show the chunks too.")
  private boolean chunks;

  DocumentShowCommand(Shell shell) {
    super(shell);
  }

  @Override
  int run(RagClient client) {
    Document document = client.getDocument(name());
    if (json()) {
      Json.print(shell.out(), document);
    } else {
      print(document);
    }
    if (chunks) {
      try (Stream<Chunk> all = client.listChunks(document.getName())) {
        all.forEach(this::show);
      }
    }
    return ExitCode.DONE;
  }

  private void print(Document document) {
    Table table = new Table("name", Text.oneLine(document.getName()));
    table.row("title", Text.oneLine(document.getTitle()));
    table.row("uri", Text.oneLine(document.getUri()));
    table.row("type", document.getMediaType());
    if (!document.getLanguage().isEmpty()) {
      table.row("language", document.getLanguage());
    }
    table.row("bytes", Long.toString(document.getSize()));
    table.row("chunks", Integer.toString(document.getChunkCount()));
    table.row("sha256", document.getSha256());
    table.row("written", Timestamps.format(document.getUpdateTime()));
    document
        .getMetadata()
        .getFieldsMap()
        .forEach((name, value) -> table.row("metadata." + Text.oneLine(name), text(value)));
    table.print(shell.out());
  }

  private static String text(Value value) {
    return switch (value.getKindCase()) {
      case STRING_VALUE -> Text.oneLine(value.getStringValue());
      case NUMBER_VALUE -> number(value.getNumberValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case LIST_VALUE ->
          value.getListValue().getValuesList().stream()
              .map(DocumentShowCommand::text)
              .collect(Collectors.joining(", "));
      case NULL_VALUE, STRUCT_VALUE, KIND_NOT_SET -> "";
    };
  }

  private static String number(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  private void show(Chunk chunk) {
    if (json()) {
      Json.print(shell.out(), chunk);
      return;
    }
    String headings = Text.oneLine(String.join(" > ", chunk.getHeadingPathList()));
    shell
        .out()
        .println(
            "\n%d. %s%s"
                .formatted(
                    chunk.getOrdinal(),
                    Sources.bytes(chunk.getSourceRange()),
                    headings.isEmpty() ? "" : ", " + headings));
    shell.out().print(Text.beginning(chunk.getText(), SHOWN_LINES, SHOWN_WIDTH, "   "));
  }
}
