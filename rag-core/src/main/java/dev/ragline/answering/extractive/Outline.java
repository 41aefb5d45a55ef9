package dev.ragline.answering.extractive;

import dev.ragline.answering.Words;
import dev.ragline.document.Chunk;
import dev.ragline.document.Language;
import dev.ragline.parsing.PlainText;
import dev.ragline.parsing.Sentences;
import dev.ragline.parsing.TextSpan;
import dev.ragline.retrieval.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads a passage's sentences, chunk by chunk, with the heading that each stands under. A chunk may
 * have lost the marks of its own heading, so a first line that does not end like a sentence is
 * taken for one, and so is a question that stands alone, as in lists of questions and answers.
 */
final class Outline {
  /** A sentence of fewer words, such as "Yes.", is quoted together with the one after it. */
  private static final int SHORTEST = 3;

  private static final int LONGEST_TITLE = 16;

  /** Chars of a sentence; an answer is not to be longer than a message can be. */
  private static final int LONGEST_QUOTE = 8192;

  private static final String SENTENCE_ENDS = ".!:;,…。！：；，";
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private final String text;
  private final int passage;
  private final Language language;
  private final int chunk;
  private final List<Sentence> sentences = new ArrayList<>();
  private Section section;

  private Outline(int passage, Passage of, Chunk chunk) {
    this.passage = passage;
    this.language = of.document().language();
    this.chunk = chunk.id().ordinal();
    this.text = chunk.text();
    List<String> path = chunk.headingPath();
    String heading = path.isEmpty() ? "" : plain(path.getLast());
    this.section = Section.of(passage, this.chunk, language, heading, null);
  }

  /** The sentences of the passage with this index, in order. */
  static List<Sentence> of(int passage, Passage of) {
    return of.chunks().stream().flatMap(chunk -> of(passage, of, chunk).stream()).toList();
  }

  private static List<Sentence> of(int passage, Passage of, Chunk chunk) {
    Outline outline = new Outline(passage, of, chunk);
    List<LineBlock> blocks = LineBlock.in(outline.text);
    for (int i = 0; i < blocks.size(); i++) {
      boolean last = i + 1 == blocks.size();
      outline.add(blocks.get(i), i == 0, last);
    }
    return List.copyOf(outline.sentences);
  }

  private void add(LineBlock block, boolean first, boolean last) {
    String blockText = block.span().of(text);
    boolean oneLine = !blockText.strip().contains("\n");
    if (block.heading() || (oneLine && !last && isTitle(plain(blockText), first))) {
      section = Section.of(passage, chunk, language, plain(blockText), block.span());
      return;
    }
    List<TextSpan> spans = Sentences.in(blockText);
    int start = -1;
    for (int i = 0; i < spans.size(); i++) {
      TextSpan span = spans.get(i);
      start = start < 0 ? span.start() : start;
      String plain = plain(blockText.substring(start, span.end()));
      int words = Words.all(plain).size();
      if (words >= SHORTEST || (words > 0 && i + 1 == spans.size())) {
        int origin = block.span().start();
        int end = within(blockText, start, span.end());
        TextSpan quote = new TextSpan(origin + start, origin + end);
        String quoted = end == span.end() ? plain : plain(blockText.substring(start, end));
        sentences.add(Sentence.of(section, chunk, quote, quoted));
        start = -1;
      }
    }
  }

  /** What has no full stops is one sentence, however long it is: its beginning is quoted. */
  private static int within(String text, int start, int end) {
    if (end - start <= LONGEST_QUOTE) {
      return end;
    }
    int cut = start + LONGEST_QUOTE;
    return Character.isLowSurrogate(text.charAt(cut)) ? cut - 1 : cut;
  }

  private static boolean isTitle(String plain, boolean first) {
    if (plain.endsWith("?") || plain.endsWith("？") || plain.endsWith("؟")) {
      return true;
    }
    boolean ends = !plain.isEmpty() && SENTENCE_ENDS.indexOf(plain.charAt(plain.length() - 1)) >= 0;
    return first && !ends && Words.all(plain).size() <= LONGEST_TITLE;
  }

  private static String plain(String markdown) {
    return SPACE.matcher(PlainText.of(markdown.strip())).replaceAll(" ").strip();
  }
}
