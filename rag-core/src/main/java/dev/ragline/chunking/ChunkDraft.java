package dev.ragline.chunking;

import dev.ragline.document.ByteRange;
import dev.ragline.document.reading.Reading;
import dev.ragline.document.reading.TextSpan;
import dev.ragline.parsing.Announcement;
import dev.ragline.parsing.Blanks;
import dev.ragline.parsing.Lines;
import dev.ragline.parsing.ParsedDocument;
import dev.ragline.parsing.Sentences;
import dev.ragline.parsing.SourceText;
import java.util.ArrayList;
import java.util.List;

/**
 * A chunk before it has a place in a store. Holds places, and makes its texts when they are asked
 * for: the drafts of a large document take little more memory than its text.
 *
 * @param source what the chunk is cut from
 * @param document what a reader sees of it
 * @param span where it stands there
 * @param headingPath the headings above the text, outermost first
 * @param announcements what announces the text's beginning, outermost first; stands before it
 * @param context what is embedded before the text, and is not the text before it; may be empty
 * @param embeddedFrom where the text that is embedded begins, at most at the span's start
 * @param asWritten whether the model reads the text with its marks, not only what a reader sees
 */
public record ChunkDraft(
    SourceText source,
    Reading document,
    TextSpan span,
    List<String> headingPath,
    List<Announcement> announcements,
    String context,
    int embeddedFrom,
    boolean asWritten) {
  public ChunkDraft {
    headingPath = List.copyOf(headingPath);
    announcements = List.copyOf(announcements);
    if (embeddedFrom > span.start()) {
      throw new IllegalArgumentException("a chunk is embedded whole");
    }
  }

  /**
   * A chunk that is embedded as it is written: what {@code text.split(separator)} gives has the
   * vectors of the many programs that embed that.
   */
  static ChunkDraft plain(ParsedDocument document, TextSpan span, List<String> headingPath) {
    return new ChunkDraft(
        document.source(),
        document.reading(),
        span,
        headingPath,
        List.of(),
        "",
        span.start(),
        true);
  }

  /** Exactly the document's bytes in {@link #range}. */
  public String text() {
    return span.of(source.text());
  }

  /** Where the text stands in the document's bytes. */
  public ByteRange range() {
    return source.bytes(span.start(), span.end());
  }

  /** What a reader sees of the text. */
  public Reading reading() {
    return document.slice(span);
  }

  /** What a reader sees of what announces the text, on one line. */
  public String shown(Announcement announcement) {
    return ContextLines.shown(document, announcement);
  }

  /** Whether there is anything to see. */
  public boolean isBlank() {
    String shown = document.of(span);
    return Blanks.isBlank(shown, new TextSpan(0, shown.length()));
  }

  /** What the embedding model reads: the text, and the context that helps to find it. */
  public String embeddedText() {
    return context + body(embedded());
  }

  /**
   * The sentences of {@link #embeddedText}, those of the context first: each of its lines is one.
   */
  public List<TextSpan> embeddedSentences() {
    List<TextSpan> sentences = new ArrayList<>();
    for (TextSpan line : Lines.of(context, new TextSpan(0, context.length()))) {
      sentences.add(Blanks.trim(context, line));
    }
    Reading embedded = embedded();
    boolean written = isWritten(embedded);
    for (TextSpan sentence : Sentences.in(embedded)) {
      TextSpan span = written ? embedded.sourceSpan(sentence) : sentence;
      sentences.add(new TextSpan(context.length() + span.start(), context.length() + span.end()));
    }
    return sentences;
  }

  private Reading embedded() {
    return document.slice(new TextSpan(embeddedFrom, span.end()));
  }

  private String body(Reading embedded) {
    return isWritten(embedded) ? embedded.source() : embedded.text();
  }

  /**
   * Whether the text itself is embedded: also where a reader sees the same but for white space,
   * which no model minds. So vectors stay right from the time when models read the text itself.
   */
  private boolean isWritten(Reading embedded) {
    return asWritten || embedded.readsAsWritten();
  }
}
