package dev.ragline.retrieval;

import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Grows one passage chunk by chunk, after it and before it in turn, until a side comes to the end
 * of what is asked for, to a chunk that another passage has, or to one that the budget is too small
 * for.
 */
final class Growth {
  /** A range of more bytes a token is not looked at: it is markup that shows nothing. */
  private static final long BYTES_A_TOKEN = 32;

  private final Chunk origin;
  private final DocumentChunks document;
  private final Expansion expansion;
  private final ToIntFunction<String> counter;
  private final Set<ChunkId> taken;
  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private final Deque<Side> order = new ArrayDeque<>();
  private int tokens;

  private enum Side {
    BEFORE,
    AFTER
  }

  Growth(
      Chunk origin,
      DocumentChunks document,
      Expansion expansion,
      ToIntFunction<String> counter,
      Set<ChunkId> taken) {
    this.origin = origin;
    this.document = document;
    this.expansion = expansion;
    this.counter = counter;
    this.taken = taken;
    chunks.add(origin);
  }

  void grow() {
    tokens = counter.applyAsInt(origin.text());
    boolean after = true;
    boolean before = true;
    while (after || before) {
      after = after && add(Side.AFTER);
      before = before && add(Side.BEFORE);
    }
  }

  /** Whether anything but the origin is there. */
  boolean hasGrown() {
    return chunks.size() > 1;
  }

  /** Takes back what came last. */
  void undo() {
    var _ = order.removeLast() == Side.AFTER ? chunks.removeLast() : chunks.removeFirst();
  }

  /** The most tokens that it can have: what stands between chunks has at most one a byte. */
  long mostTokens() {
    long inChunks = chunks.stream().mapToLong(chunk -> chunk.range().length()).sum();
    return tokens + range().length() - inChunks;
  }

  /** From the first chunk's start to the last one's end. */
  ByteRange range() {
    return around(chunks.getFirst(), chunks.getLast());
  }

  /** In the document's order. */
  List<Chunk> chunks() {
    return List.copyOf(chunks);
  }

  private boolean add(Side side) {
    Chunk next = next(side);
    if (next == null || taken.contains(next.id()) || !isWanted(next, side) || isFar(next)) {
      return false;
    }
    int more = counter.applyAsInt(next.text());
    if (tokens + more > expansion.maxTokens()) {
      return false;
    }
    tokens += more;
    order.add(side);
    if (side == Side.AFTER) {
      chunks.addLast(next);
    } else {
      chunks.addFirst(next);
    }
    return true;
  }

  private @Nullable Chunk next(Side side) {
    return side == Side.AFTER
        ? document.at(chunks.getLast().id().ordinal() + 1)
        : document.at(chunks.getFirst().id().ordinal() - 1);
  }

  private boolean isWanted(Chunk next, Side side) {
    int distance = Math.abs(next.id().ordinal() - origin.id().ordinal());
    if (distance <= expansion.neighbors()) {
      return true;
    }
    Chunk edge = side == Side.AFTER ? chunks.getLast() : chunks.getFirst();
    return expansion.section() && isInSection(next) && isInSection(edge);
  }

  private boolean isInSection(Chunk chunk) {
    List<String> section = origin.headingPath();
    List<String> path = chunk.headingPath();
    return section.isEmpty()
        ? path.isEmpty()
        : path.size() >= section.size() && path.subList(0, section.size()).equals(section);
  }

  private boolean isFar(Chunk next) {
    Chunk first = next.id().compareTo(origin.id()) < 0 ? next : chunks.getFirst();
    Chunk last = next.id().compareTo(origin.id()) > 0 ? next : chunks.getLast();
    return around(first, last).length() > BYTES_A_TOKEN * expansion.maxTokens();
  }

  private static ByteRange around(Chunk first, Chunk last) {
    return new ByteRange(first.range().start(), last.range().end());
  }
}
