package dev.ragline.chunking;

import dev.ragline.document.reading.Reading;
import dev.ragline.document.reading.TextSpan;
import dev.ragline.parsing.Blanks;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills chunks with consecutive pieces, first come first in, and cuts the pieces that are too large
 * for any chunk. Counts each piece once, takes the sum as an estimate, and counts a chunk again
 * when it is full; so the work grows with the text and not with its square. Used once.
 */
final class Packer implements Iterator<TextSpan> {
  private static final int TOO_LONG = Integer.MAX_VALUE;
  private static final int NOT_COUNTED = -1;

  /** So many chars at once are looked through for sentences. */
  private static final int SLICE = 64 << 10;

  private final Reading reading;
  private final String text;
  private final TokenCounter counter;
  private final Budget budget;
  private final Explanations explanations;
  private final int maxChars;

  private final Deque<Sized> todo = new ArrayDeque<>();
  private final Deque<Sized> chunk = new ArrayDeque<>();
  private @Nullable TextSpan ready;
  private int chunks;
  private int chunkTokens;

  /** The most tokens of a chunk. */
  @FunctionalInterface
  interface Budget {
    /**
     * That of the chunk with this ordinal.
     *
     * @param start where it begins
     */
    int of(int ordinal, int start);
  }

  private record Sized(Piece piece, int tokens) {
    TextSpan span() {
      return piece.span();
    }
  }

  /**
   * @param reading of the text that is cut; what is seen of it is counted
   * @param explanations what no chunk is to end with, as it announces what follows
   * @param maxChars a chunk's most chars, whatever it has of tokens: some tokenizers take a run of
   *     any length for one token
   * @param pieces what the chunks hold, all of it
   */
  Packer(
      Reading reading,
      TokenCounter counter,
      Budget budget,
      Explanations explanations,
      int maxChars,
      List<Piece> pieces) {
    this.reading = reading;
    this.text = reading.source();
    this.counter = counter;
    this.budget = budget;
    this.explanations = explanations;
    this.maxChars = maxChars;
    pieces.forEach(piece -> todo.add(new Sized(piece, NOT_COUNTED)));
  }

  @Override
  public boolean hasNext() {
    return ready != null || !todo.isEmpty() || !chunk.isEmpty();
  }

  /** The next chunk; none is empty. */
  @Override
  public TextSpan next() {
    while (ready == null) {
      if (todo.isEmpty()) {
        flush();
      } else {
        Sized next = todo.pop();
        take(next.tokens() == NOT_COUNTED ? sized(next.piece()) : next);
      }
    }
    TextSpan next = ready;
    ready = null;
    return next;
  }

  private void take(Sized next) {
    int estimate = estimate(next);
    if (estimate <= budget(next)) {
      add(next, estimate);
    } else if (mustBeCut(next)) {
      cut(next);
    } else {
      todo.push(next);
      flush();
    }
  }

  private void add(Sized next, int estimate) {
    chunk.add(next);
    chunkTokens = estimate;
  }

  /** The budget of the chunk, which {@code next} begins if it is empty. */
  private int budget(Sized next) {
    return budget.of(chunks, (chunk.isEmpty() ? next : chunk.getFirst()).span().start());
  }

  private Sized sized(Piece piece) {
    TextSpan span = piece.span();
    return new Sized(piece, span.length() > maxChars ? TOO_LONG : counter.count(reading.of(span)));
  }

  /** Tokens of the chunk with one more piece. */
  private int estimate(Sized next) {
    if (next.tokens() == TOO_LONG || next.span().length() > charsLeft(next)) {
      return TOO_LONG;
    }
    return tokensBefore(next) + next.tokens();
  }

  /** Tokens of the chunk up to {@code next}; markup may stand between two pieces. */
  private int tokensBefore(Sized next) {
    if (chunk.isEmpty()) {
      return 0;
    }
    int from = chunk.getLast().span().end();
    int to = next.span().start();
    TextSpan gap = new TextSpan(from, to);
    return chunkTokens + (Blanks.isBlank(text, gap) ? 0 : counter.count(reading.of(gap)));
  }

  private int charsLeft(Sized next) {
    return chunk.isEmpty()
        ? maxChars
        : maxChars - (next.span().start() - chunk.getFirst().span().start());
  }

  /** A piece that fits no chunk, or without which a heading would stand alone. */
  private boolean mustBeCut(Sized next) {
    boolean hopeless = next.tokens() > budget.of(chunks + 1, next.span().start());
    return (hopeless && !next.piece().cutters().isEmpty()) || wantsText(next);
  }

  /** Whether the chunk only announces what follows, if anything, with room for some of that. */
  private boolean wantsText(Sized next) {
    return chunk.stream().allMatch(this::announces)
        && charsLeft(next) >= maxChars / 4
        && tokensBefore(next) <= budget(next) / 4 * 3;
  }

  private boolean announces(Sized sized) {
    if (sized.piece().heading()) {
      return true;
    }
    Integer end = explanations.betterEnd(sized.span().end());
    return end != null && end <= sized.span().start();
  }

  private void cut(Sized next) {
    Piece piece = next.piece();
    List<Cutter> cutters = piece.cutters();
    if (cutters.isEmpty()) {
      cutByWords(next);
      return;
    }
    if (cutters.getFirst() == Cutter.SENTENCES && piece.span().length() > SLICE) {
      slice(piece);
      return;
    }
    List<Cutter> finer = cutters.subList(1, cutters.size());
    for (TextSpan part : cutters.getFirst().cut(reading, piece.span()).reversed()) {
      Piece smaller = new Piece(part, false, finer);
      // A single part has the size that was counted already.
      int tokens = part.equals(piece.span()) ? next.tokens() : NOT_COUNTED;
      todo.push(new Sized(smaller, tokens));
    }
  }

  /** Takes a slice off what is too long to be looked through for sentences at once. */
  private void slice(Piece piece) {
    TextSpan span = piece.span();
    int limit = span.start() + SLICE;
    int word = Words.lastStart(text, limit - SLICE / 2, limit);
    int end = word > limit - SLICE / 2 ? word : Words.lastCharacterStart(text, span.start(), limit);
    TextSpan rest = Blanks.trim(text, new TextSpan(end, span.end()));
    if (rest.length() > 0) {
      todo.push(new Sized(new Piece(rest, false, piece.cutters()), TOO_LONG));
    }
    TextSpan slice = Blanks.trim(text, new TextSpan(span.start(), end));
    if (slice.length() > 0) {
      todo.push(new Sized(new Piece(slice, false, piece.cutters()), NOT_COUNTED));
    }
  }

  /** Takes as many words as there is room for, and leaves the rest. */
  private void cutByWords(Sized next) {
    TextSpan span = next.span();
    int room = Math.max(1, budget(next) - tokensBefore(next));
    int end = new Prefix(reading, counter).end(span, room, charsLeft(next));
    TextSpan rest = Blanks.trim(text, new TextSpan(end, span.end()));
    if (rest.length() > 0) {
      todo.push(new Sized(new Piece(rest, false, List.of()), NOT_COUNTED));
    }
    Sized first = sized(new Piece(new TextSpan(span.start(), end), false, List.of()));
    add(first, tokensBefore(first) + first.tokens());
  }

  /** Ends the chunk; gives back what does not fit after all. */
  private void flush() {
    while (chunk.size() > 1 && counter.count(reading.of(span())) > budget(chunk.getFirst())) {
      todo.push(chunk.removeLast());
    }
    while (!todo.isEmpty() && endsBetterBefore()) {
      // A lead-in may itself be announced.
    }
    ready = span();
    chunks++;
    chunk.clear();
    chunkTokens = 0;
  }

  /** Leaves what only announces what follows to the next chunk, unless it is all there is. */
  private boolean endsBetterBefore() {
    Integer end = explanations.betterEnd(span().end());
    if (end == null || chunk.stream().allMatch(s -> announces(s) || s.span().start() >= end)) {
      return false;
    }
    while (chunk.getLast().span().start() >= end) {
      todo.push(chunk.removeLast());
    }
    TextSpan last = chunk.getLast().span();
    if (last.end() > end) {
      Piece whole = chunk.removeLast().piece();
      TextSpan rest = Blanks.trim(text, new TextSpan(end, last.end()));
      todo.push(new Sized(new Piece(rest, false, whole.cutters()), NOT_COUNTED));
      TextSpan kept = Blanks.trim(text, new TextSpan(last.start(), end));
      chunk.add(new Sized(new Piece(kept, false, whole.cutters()), NOT_COUNTED));
    }
    return true;
  }

  private TextSpan span() {
    return new TextSpan(chunk.getFirst().span().start(), chunk.getLast().span().end());
  }
}
