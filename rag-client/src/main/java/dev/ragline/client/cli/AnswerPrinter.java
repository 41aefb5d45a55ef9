package dev.ragline.client.cli;

import com.google.protobuf.util.Durations;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerConfidence;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.AnswerSentence;
import dev.ragline.v1.ByteRange;
import dev.ragline.v1.Citation;
import dev.ragline.v1.Passage;
import dev.ragline.v1.Retrieved;
import dev.ragline.v1.Started;
import dev.ragline.v1.Usage;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Shows an answer to a person as it comes: the text, a number after every claim that has a source,
 * and at the end the sources by number. The same quote keeps its number.
 */
final class AnswerPrinter implements Consumer<AnswerEvent> {
  private static final int LONGEST_SENTENCE = 200;

  /** Who writes where no language model does. */
  private static final String QUOTER = "extractive";

  /** What is not sure to answer is not shown as if it did. */
  private static final String CLOSEST = "Closest passages:";

  /** The bytes that a citation points to. */
  private record Quote(String revision, ByteRange range) {}

  private final Shell shell;
  private final PrintStream out;
  private final Map<String, Passage> passages = new HashMap<>();
  private final Map<Quote, Citation> quotes = new LinkedHashMap<>();
  private final Map<Quote, Integer> numbers = new HashMap<>();

  // White space is held back, so that a number stands right behind its claim.
  private String held = "";
  private String marks = "";
  private boolean begun;

  /**
   * Whether sentences are quoted as they stand, by nobody who could say that they do not answer.
   */
  private boolean quoting;

  /** What stands above the text; empty for nothing. */
  private String title = "";

  AnswerPrinter(Shell shell) {
    this.shell = shell;
    this.out = shell.out();
  }

  @Override
  public void accept(AnswerEvent event) {
    switch (event.getEventCase()) {
      case STARTED -> quotes(event.getStarted());
      case RETRIEVED -> retrieved(event.getRetrieved());
      case TEXT_DELTA -> text(Text.printable(event.getTextDelta().getText()));
      case CITATION_ADDED -> citation(event.getCitationAdded().getCitation());
      case WARNING -> shell.note(Text.warning(event.getWarning()));
      case USAGE_REPORTED -> shell.note(usage(event.getUsageReported().getUsage()));
      case COMPLETED -> {
        completed();
        unsupported(event.getCompleted().getAnswer());
      }
      default -> {} // nothing that a person needs, or newer than this client
    }
    out.flush();
  }

  private void quotes(Started started) {
    quoting = started.getModel().equals(QUOTER);
  }

  private void retrieved(Retrieved retrieved) {
    boolean sure = retrieved.getConfidence() != AnswerConfidence.ANSWER_CONFIDENCE_LOW;
    title = quoting && !sure ? CLOSEST : "";
    if (!retrieved.getRewrittenQuestion().isEmpty()) {
      shell.note("answering: " + Text.oneLine(retrieved.getRewrittenQuestion()));
    }
    List<Passage> found = retrieved.getPassagesList();
    for (Passage passage : found) {
      passage.getExpanded().getChunksList().forEach(chunk -> passages.put(chunk, passage));
      passages.put(passage.getChunk().getName(), passage);
    }
    if (shell.terminals().err() && !found.isEmpty()) {
      String titles =
          found.stream().map(Sources::title).distinct().collect(Collectors.joining(", "));
      shell.note("reading " + titles);
    }
  }

  private void text(String delta) {
    String text = held + delta;
    String solid = text.stripTrailing();
    held = text.substring(solid.length());
    if (!solid.isEmpty()) {
      if (!begun && !title.isEmpty()) {
        out.println(title);
      }
      out.print(solid);
      begun = true;
      marks = "";
    }
  }

  private void citation(Citation citation) {
    Quote quote = new Quote(citation.getRevision(), citation.getSourceRange());
    quotes.putIfAbsent(quote, citation);
    int number = numbers.computeIfAbsent(quote, unseen -> quotes.size());
    String mark = "[" + number + "]";
    if (!marks.contains(mark)) {
      String coloured = shell.coloured() ? "\u001b[36m" + mark + "\u001b[0m" : mark;
      out.print(marks.isEmpty() ? " " + coloured : coloured);
      marks += mark;
    }
  }

  /** What language models took, as far as they told. */
  private static String usage(Usage usage) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%d tokens read, %d written"
            .formatted(usage.getPromptTokens(), usage.getCompletionTokens()));
    if (usage.getReasoningTokens() > 0) {
      text.append(" (%d of them thoughts)".formatted(usage.getReasoningTokens()));
    }
    text.append(", %d embedded".formatted(usage.getEmbeddingTokens()));
    if (usage.hasTimeToFirstToken()) {
      double seconds = Durations.toMillis(usage.getTimeToFirstToken()) / 1000.0;
      text.append(String.format(Locale.ROOT, "; first after %.2f s", seconds));
    }
    if (usage.getTokensPerSecond() > 0) {
      text.append(String.format(Locale.ROOT, ", then %.0f/s", usage.getTokensPerSecond()));
    }
    return text.toString();
  }

  private void completed() {
    if (begun) {
      out.println();
    }
    if (quotes.isEmpty()) {
      return;
    }
    out.println();
    out.println("Sources:");
    int number = 0;
    for (Citation citation : quotes.values()) {
      number++;
      Passage passage = passages.getOrDefault(citation.getChunk(), Passage.getDefaultInstance());
      out.println("[" + number + "] " + Sources.describe(citation, passage));
      String headings = Sources.headings(passage);
      if (!headings.isEmpty()) {
        out.println("    " + headings);
      }
    }
  }

  /** The sentences that their passages do not support; the text has long been shown by now. */
  private void unsupported(Answer answer) {
    List<AnswerSentence> sentences =
        answer.getSentencesList().stream().filter(AnswerSentence::getUnsupported).toList();
    if (sentences.isEmpty()) {
      return;
    }
    out.println();
    String title = "Not supported by the passages:";
    out.println(shell.coloured() ? "\u001b[33m" + title + "\u001b[0m" : title);
    for (AnswerSentence sentence : sentences) {
      ByteRange range = sentence.getAnswerRange();
      String text =
          answer
              .getTextBytes()
              .substring((int) range.getStart(), (int) range.getEnd())
              .toStringUtf8();
      String support = String.format(Locale.ROOT, "%.2f", sentence.getSupport());
      out.println("(?) " + Text.cut(Text.oneLine(text), LONGEST_SENTENCE) + " (" + support + ")");
    }
  }
}
