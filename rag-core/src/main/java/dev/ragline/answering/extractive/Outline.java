package dev.ragline.answering.extractive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ragline.answering.Words;
import dev.ragline.answering.extractive.Sentence.Kind;
import dev.ragline.answering.extractive.Sentence.Place;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Language;
import dev.ragline.document.LeadIn;
import dev.ragline.document.reading.Reading;
import dev.ragline.document.reading.ReadingUnit;
import dev.ragline.document.reading.TextSpan;
import dev.ragline.parsing.Blanks;
import dev.ragline.parsing.Sentences;
import dev.ragline.retrieval.Passage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a passage's sentences, rows and code, chunk by chunk, with the heading that each stands
 * under; before a chunk's own, what announces it from an earlier chunk. A chunk may have lost the
 * marks of its own heading, so a first line that does not end like a sentence is taken for one, and
 * so is a question that stands alone, as in lists of questions and answers.
 */
final class Outline {
  /** A sentence of fewer words, such as "Yes.", is quoted together with the one after it. */
  private static final int SHORTEST = 3;

  private static final int LONGEST_TITLE = 16;

  /** Chars of a sentence; an answer is not to be longer than a message can be. */
  private static final int LONGEST_QUOTE = 8192;

  /** Lines of a block of code that is quoted. */
  private static final int MOST_LINES = 60;

  private static final String SENTENCE_ENDS = ".!:;,…。！：；，";

  private final int passage;
  private final Passage of;
  private final Language language;
  private final Map<ChunkId, Chunk> announcing;
  private final List<Sentence> sentences = new ArrayList<>();
  private final Set<ChunkId> read = new HashSet<>();
  private final Set<LeadIn> announced = new HashSet<>();
  private int block;

  /** The names of a table's columns, as long as its rows go on. */
  private String columns = "";

  private Outline(int passage, Passage of, Map<ChunkId, Chunk> announcing) {
    this.passage = passage;
    this.of = of;
    this.language = of.document().language();
    this.announcing = announcing;
  }

  /** The sentences of the passage with this index, in order. */
  static List<Sentence> of(int passage, Passage of) {
    return of(passage, of, Map.of());
  }

  /**
   * The sentences of the passage with this index, in order.
   *
   * @param announcing chunks beside the passage's own that hold what announces these
   */
  static List<Sentence> of(int passage, Passage of, Map<ChunkId, Chunk> announcing) {
    Outline outline = new Outline(passage, of, announcing);
    for (Chunk chunk : of.chunks()) {
      outline.new InChunk(chunk).read();
      outline.read.add(chunk.id());
    }
    return List.copyOf(outline.sentences);
  }

  /** Reads one chunk. */
  private final class InChunk {
    private final Chunk chunk;
    private final Reading reading;
    private final String text;
    private Section section;

    InChunk(Chunk chunk) {
      this.chunk = chunk;
      this.reading = of.reading(chunk);
      this.text = reading.text();
      List<String> path = chunk.headingPath();
      String heading = path.isEmpty() ? "" : path.getLast();
      this.section = Section.of(passage, chunk.id().ordinal(), language, heading, null);
    }

    void read() {
      List<ReadingUnit> units = reading.units();
      if (!units.isEmpty()) {
        addLeadIns(units.getFirst());
      }
      int end = 0;
      for (int i = 0; i < units.size(); i++) {
        ReadingUnit unit = units.get(i);
        block++;
        if (isTitle(unit, i, units.size())) {
          String heading = unit.span().of(text);
          section = Section.of(passage, chunk.id().ordinal(), language, heading, unit.span());
        } else {
          add(unit, text.substring(end, unit.span().start()).strip());
        }
        end = unit.span().end();
      }
    }

    private boolean isTitle(ReadingUnit unit, int index, int count) {
      String shown = unit.span().of(text).strip();
      return switch (unit.kind()) {
        case HEADING -> true;
        case CODE, TABLE_HEADER, TABLE_ROW -> false;
        case PARAGRAPH, LIST_ITEM -> {
          boolean oneLine = reading.sourceSpan(unit.span()).of(chunk.text()).indexOf('\n') < 0;
          boolean first =
              index == 0 && unit.kind() == ReadingUnit.Kind.PARAGRAPH && chunk.leadIns().isEmpty();
          yield oneLine && index + 1 < count && looksLikeTitle(shown, first);
        }
      };
    }

    private void add(ReadingUnit unit, String mark) {
      columns = unit.isRow() ? columns : "";
      switch (unit.kind()) {
        case HEADING -> {}
        case TABLE_HEADER -> {
          columns = unit.span().of(text);
          addWhole(new Place(Kind.HEADER, block, unit.level(), ""), unit.span(), "");
        }
        case TABLE_ROW ->
            addWhole(new Place(Kind.ROW, block, unit.level(), ""), unit.span(), columns);
        case CODE -> addCode(new Place(Kind.CODE, block, unit.level(), ""), unit.span());
        case PARAGRAPH -> addSentences(unit, Kind.PROSE, "");
        case LIST_ITEM -> addSentences(unit, Kind.ITEM, mark);
      }
    }

    private void addWhole(Place place, TextSpan span, String context) {
      TextSpan shown = within(text, span);
      sentences.add(
          Sentence.of(section, chunk.id().ordinal(), place, shown, shown.of(text), context));
    }

    /** Code is found by what announces it, too. */
    private void addCode(Place place, TextSpan span) {
      TextSpan visible = new TextSpan(span.start(), Blanks.trim(text, firstLines(span)).end());
      if (visible.length() > 0) {
        addWhole(place, visible, sentences.isEmpty() ? "" : sentences.getLast().text());
      }
    }

    private TextSpan firstLines(TextSpan code) {
      int end = code.start();
      for (int lines = 0; lines < MOST_LINES && end < code.end(); lines++) {
        int lineEnd = text.indexOf('\n', end);
        end = lineEnd < 0 ? code.end() : Math.min(code.end(), lineEnd + 1);
      }
      return new TextSpan(code.start(), end);
    }

    private void addSentences(ReadingUnit unit, Kind kind, String mark) {
      List<TextSpan> spans = Sentences.in(reading, unit);
      int start = -1;
      String itsMark = mark;
      for (int i = 0; i < spans.size(); i++) {
        TextSpan span = spans.get(i);
        start = start < 0 ? span.start() : start;
        int words = Words.all(text.substring(start, span.end())).size();
        if (words >= SHORTEST || (words > 0 && i + 1 == spans.size())) {
          Place place = new Place(kind, block, unit.level(), itsMark);
          addWhole(place, new TextSpan(start, span.end()), "");
          itsMark = "";
          start = -1;
        }
      }
    }

    /** What announces the chunk's beginning and is not read already. */
    private void addLeadIns(ReadingUnit first) {
      int level = first.level();
      List<Sentence> found = new ArrayList<>();
      for (LeadIn leadIn : chunk.leadIns().reversed()) {
        ChunkId id = new ChunkId(chunk.id().document(), leadIn.chunk());
        Chunk holder = announcing.get(id);
        boolean known = leadIn.kind() != LeadIn.Kind.HEADER_ROW && !announced.add(leadIn);
        if (known
            || read.contains(id)
            || holder == null
            || !holder.range().contains(leadIn.range())) {
          continue;
        }
        if (leadIn.kind() == LeadIn.Kind.ITEM) {
          level = Math.max(1, first.kind() == ReadingUnit.Kind.LIST_ITEM ? level - 1 : level);
        }
        found.add(leadIn(leadIn, holder, leadIn.kind() == LeadIn.Kind.SENTENCE ? 0 : level));
      }
      sentences.addAll(found.reversed());
    }

    private Sentence leadIn(LeadIn leadIn, Chunk holder, int level) {
      TextSpan span = of.reading(holder).textSpan(chars(holder, leadIn.range()));
      String shown = span.of(of.reading(holder).text());
      Kind kind =
          switch (leadIn.kind()) {
            case SENTENCE -> Kind.PROSE;
            case ITEM -> Kind.ITEM;
            case HEADER_ROW -> Kind.HEADER;
          };
      if (kind == Kind.HEADER) {
        columns = shown;
      }
      block++;
      Place place = new Place(kind, block, level, kind == Kind.ITEM ? "-" : "");
      return Sentence.of(section, holder.id().ordinal(), place, span, shown, "");
    }
  }

  /** Bytes of a revision as chars of the text of the chunk that holds them. */
  private static TextSpan chars(Chunk holder, ByteRange range) {
    byte[] text = holder.text().getBytes(UTF_8);
    int start = Math.toIntExact(range.start() - holder.range().start());
    int length = Math.toIntExact(range.length());
    int before = new String(text, 0, start, UTF_8).length();
    return new TextSpan(before, before + new String(text, start, length, UTF_8).length());
  }

  /** What has no full stops is one sentence, however long it is: its beginning is quoted. */
  private static TextSpan within(String text, TextSpan span) {
    if (span.length() <= LONGEST_QUOTE) {
      return span;
    }
    int cut = span.start() + LONGEST_QUOTE;
    boolean pair = Character.isLowSurrogate(text.charAt(cut));
    return new TextSpan(span.start(), pair ? cut - 1 : cut);
  }

  private static boolean looksLikeTitle(String shown, boolean first) {
    if (shown.endsWith("?") || shown.endsWith("？") || shown.endsWith("؟")) {
      return true;
    }
    boolean ends = !shown.isEmpty() && SENTENCE_ENDS.indexOf(shown.charAt(shown.length() - 1)) >= 0;
    return first && !ends && Words.all(shown).size() <= LONGEST_TITLE;
  }
}
