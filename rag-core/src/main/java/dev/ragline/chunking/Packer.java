package dev.ragline.chunking;

import dev.ragline.parsing.Blanks;
import dev.ragline.parsing.TextSpan;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntUnaryOperator;
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

  private final String text;
  private final TokenCounter counter;
  private final IntUnaryOperator budget;
  private final int maxChars;

  private final Deque<Sized> todo = new ArrayDeque<>();
  private final Deque<Sized> chunk = new ArrayDeque<>();
  private @Nullable TextSpan ready;
  private int chunks;
  private int chunkTokens;

  private record Sized(Piece piece, int tokens) {
    TextSpan span() {
      return piece.span();
    }
  }

  /**
   * @param budget the most tokens of a chunk, by its ordinal
   * @param maxChars a chunk's most chars, whatever it has of tokens: some tokenizers take a run of
   *     any length for one token
   * @param pieces what the chunks hold, all of it
   */
  Packer(
      String text,
      TokenCounter counter,
      IntUnaryOperator budget,
      int maxChars,
      List<Piece> pieces) {
    this.text = text;
    this.counter = counter;
    this.budget = budget;
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
    if (estimate <= budget()) {
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

  private int budget() {
    return budget.applyAsInt(chunks);
  }

  private Sized sized(Piece piece) {
    TextSpan span = piece.span();
    return new Sized(piece, span.length() > maxChars ? TOO_LONG : counter.count(span.of(text)));
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
    return chunkTokens + (Blanks.isBlank(text, gap) ? 0 : counter.count(gap.of(text)));
  }

  private int charsLeft(Sized next) {
    return chunk.isEmpty()
        ? maxChars
        : maxChars - (next.span().start() - chunk.getFirst().span().start());
  }

  /** A piece that fits no chunk, or without which a heading would stand alone. */
  private boolean mustBeCut(Sized next) {
    boolean hopeless = next.tokens() > budget.applyAsInt(chunks + 1);
    return (hopeless && !next.piece().cutters().isEmpty()) || wantsText(next);
  }

  /** Whether the chunk is nothing but headings, if anything, with room for what they announce. */
  private boolean wantsText(Sized next) {
    return chunk.stream().allMatch(sized -> sized.piece().heading())
        && charsLeft(next) >= maxChars / 4
        && tokensBefore(next) <= budget() / 4 * 3;
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
    for (TextSpan part : cutters.getFirst().cut(text, piece.span()).reversed()) {
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
    int room = Math.max(1, budget() - tokensBefore(next));
    int end = new Prefix(text, counter).end(span, room, charsLeft(next));
    TextSpan rest = Blanks.trim(text, new TextSpan(end, span.end()));
    if (rest.length() > 0) {
      todo.push(new Sized(new Piece(rest, false, List.of()), NOT_COUNTED));
    }
    Sized first = sized(new Piece(new TextSpan(span.start(), end), false, List.of()));
    add(first, tokensBefore(first) + first.tokens());
  }

  /** Ends the chunk; gives back what does not fit after all. */
  private void flush() {
    while (chunk.size() > 1 && counter.count(span().of(text)) > budget()) {
      todo.push(chunk.removeLast());
    }
    ready = span();
    chunks++;
    chunk.clear();
    chunkTokens = 0;
  }

  private TextSpan span() {
    return new TextSpan(chunk.getFirst().span().start(), chunk.getLast().span().end());
  }
}
