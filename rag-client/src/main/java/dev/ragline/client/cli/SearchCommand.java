package dev.ragline.client.cli;

import com.google.protobuf.util.FieldMaskUtil;
import dev.ragline.client.RagClient;
import dev.ragline.v1.Passage;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.RetrieveResponse;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rag search}: shows the passages found for a question. */
@Command(
    name = "search",
    description = "Finds the passages for a question; no model writes anything.",
    footer = {
      "",
      "Prints each passage's rank, scores, place, headings and beginning. A score that was not",
      "computed is shown as -, or not at all for that of a reranker.",
      "",
      "Examples:",
      "  rag search \"How is data stored?\" --corpus handbook",
      "  rag search \"How is data stored?\" --corpus handbook --limit 10 --mode dense --json",
      "  rag search \"How is data stored?\" --corpus handbook --explain",
      "  rag search \"How is data stored?\" --corpus handbook --json --fields rank,chunk.text",
      "  rag search \"How is data stored?\" --corpus handbook --filter 'metadata.year >= 2025'",
      "  rag search \"How is data stored?\" --corpus handbook --collapse --max-per-document 2",
      "  rag search \"How is data stored?\" --corpus handbook --section --expand-tokens 800"
    })
final class SearchCommand extends ClientCommand {
  private static final int SHOWN_LINES = 3;
  private static final int SHOWN_WIDTH = 160;
  private static final String INDENT = "   ";

  @Mixin private final Question question = new Question();

  @Option(
      names = "--fields",
      paramLabel = "NAMES",
      description =
          "With --json, the fields of a passage to print, such as rank,chunk.text; all where not"
              + " given.")
  private String fields = "";

  @Option(
      names = "--explain",
      description =
          "Tell what became of every candidate: its rank and score in each step, and why it was"
              + " dropped. With --json, the whole RetrieveResponse is one line.")
  private boolean explain;

  SearchCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    question.check();
    if (!fields.isEmpty() && !json()) {
      throw CommandException.usage("--fields goes with --json");
    }
  }

  @Override
  int run(RagClient client) {
    RetrieveResponse found =
        client.retrieve(
            RetrieveRequest.newBuilder()
                .setCorpus(question.corpus())
                .setQuestion(question.text())
                .setRetrieval(question.spec().toBuilder().setExplain(explain))
                .addAllHistory(question.history())
                .setReadMask(FieldMaskUtil.fromJsonString(fields))
                .build());
    if (!found.getRewrittenQuestion().isEmpty()) {
      shell.note("searched for: " + Text.oneLine(found.getRewrittenQuestion()));
    }
    found.getWarningsList().forEach(warning -> shell.note(Text.warning(warning)));
    if (json() && explain) {
      Json.print(shell.out(), found);
    } else if (json()) {
      found.getPassagesList().forEach(passage -> Json.print(shell.out(), passage));
    } else if (found.getPassagesCount() == 0) {
      shell.note("no passage was found");
    } else {
      found.getPassagesList().forEach(this::print);
    }
    if (explain && !json() && found.getCandidatesCount() > 0) {
      shell.out().println();
      TraceTable.print(found.getCandidatesList(), shell.out());
    }
    return ExitCode.DONE;
  }

  private void print(Passage passage) {
    String reranked =
        passage.hasRerankScore() ? "rerank " + score(true, passage.getRerankScore()) + "  " : "";
    shell
        .out()
        .println(
            "%d. %sfused %s  dense %s  lexical %s  %s, %s"
                .formatted(
                    passage.getRank(),
                    reranked,
                    score(passage.hasFusedScore(), passage.getFusedScore()),
                    score(passage.hasDenseScore(), passage.getDenseScore()),
                    score(passage.hasLexicalScore(), passage.getLexicalScore()),
                    Sources.place(passage.getDocument()),
                    Sources.bytes(passage.getChunk().getSourceRange())));
    String headings = Sources.headings(passage);
    shell.out().println(INDENT + (headings.isEmpty() ? Sources.title(passage) : headings));
    if (passage.hasExpanded()) {
      shell
          .out()
          .println(
              INDENT
                  + "with what stands around it: %s, %d chunks"
                      .formatted(
                          Sources.bytes(passage.getExpanded().getSourceRange()),
                          passage.getExpanded().getChunksCount()));
    }
    passage
        .getCollapsedList()
        .forEach(chunk -> shell.out().println(INDENT + "stands for " + Text.oneLine(chunk)));
    shell
        .out()
        .print(Text.beginning(passage.getChunk().getText(), SHOWN_LINES, SHOWN_WIDTH, INDENT));
  }

  private static String score(boolean computed, double score) {
    return computed ? String.format(Locale.ROOT, "%.4f", score) : "-";
  }
}
