package dev.ragline.server.grpc;

import com.google.protobuf.CodedOutputStream;
import dev.ragline.v1.Chunk;
import dev.ragline.v1.ExpandedText;
import dev.ragline.v1.Passage;
import java.util.List;

/**
 * Keeps the passages of one message below what clients take, 4 MiB as a rule. A text may have
 * {@link #MAX_TEXT_BYTES}; where all of them are too much even so, each may have half of that, and
 * so on, so that long texts are cut before short ones. Ranges and digests stay those of the whole
 * texts, which GetDocumentContent gives.
 */
final class PassageBounds {
  /** Bytes of a chunk's text, or of an expanded one. */
  static final int MAX_TEXT_BYTES = 256 << 10;

  /** Bytes of all passages; the rest is for the answer, or for what became of the candidates. */
  private static final int MAX_BYTES = 5 << 19;

  /** Where texts are shorter than that, it is what documents say of themselves that is long. */
  private static final int WITHOUT_METADATA = 1 << 10;

  private PassageBounds() {}

  /** The passages, with less of their texts where that is too much. */
  static List<Passage> within(List<Passage> passages) {
    List<Passage> bounded = passages;
    for (int bytes = MAX_TEXT_BYTES; size(bounded) > MAX_BYTES && bytes > 0; bytes /= 2) {
      int textBytes = bytes;
      bounded = passages.stream().map(passage -> cut(passage, textBytes)).toList();
    }
    return bounded;
  }

  private static long size(List<Passage> passages) {
    return passages.stream()
        .mapToLong(passage -> CodedOutputStream.computeMessageSize(1, passage))
        .sum();
  }

  private static Passage cut(Passage passage, int textBytes) {
    Passage.Builder cut = passage.toBuilder();
    if (passage.hasChunk()) {
      cut.setChunk(cut(passage.getChunk(), textBytes));
    }
    if (passage.hasExpanded()) {
      cut.setExpanded(cut(passage.getExpanded(), passage.getChunk().getName(), textBytes));
    }
    if (textBytes < WITHOUT_METADATA && passage.hasDocument()) {
      cut.getDocumentBuilder().clearMetadata();
    }
    List<String> collapsed = passage.getCollapsedList();
    return cut.clearCollapsed()
        .addAllCollapsed(collapsed.subList(0, fitting(collapsed, textBytes)))
        .build();
  }

  /** A chunk with at most so many bytes of its text. */
  static Chunk cut(Chunk chunk, int textBytes) {
    String text = Utf8Prefix.of(chunk.getText(), textBytes);
    return text.length() == chunk.getText().length()
        ? chunk
        : chunk.toBuilder().setText(text).setTextTruncated(true).build();
  }

  /** An expanded text with at most so many bytes of it, and of the names of its chunks. */
  private static ExpandedText cut(ExpandedText expanded, String own, int bytes) {
    ExpandedText shorter = cut(expanded, bytes);
    List<String> chunks = around(expanded.getChunksList(), own, bytes);
    return chunks.size() == expanded.getChunksCount()
        ? shorter
        : shorter.toBuilder().clearChunks().addAllChunks(chunks).setTextTruncated(true).build();
  }

  /** An expanded text with at most so many bytes of it. */
  static ExpandedText cut(ExpandedText expanded, int textBytes) {
    String text = Utf8Prefix.of(expanded.getText(), textBytes);
    return text.length() == expanded.getText().length()
        ? expanded
        : expanded.toBuilder().setText(text).setTextTruncated(true).build();
  }

  /** The names around the passage's own, which stays in any case, in their order. */
  private static List<String> around(List<String> names, String own, int bytes) {
    int start = Math.max(0, names.indexOf(own));
    int end = Math.min(names.size(), start + 1);
    int left = bytes;
    boolean grows = true;
    while (grows) {
      grows = false;
      if (end < names.size() && size(names.get(end)) <= left) {
        left -= size(names.get(end++));
        grows = true;
      }
      if (start > 0 && size(names.get(start - 1)) <= left) {
        left -= size(names.get(--start));
        grows = true;
      }
    }
    return names.subList(start, end);
  }

  /** How many of the first names have at most so many bytes. */
  private static int fitting(List<String> names, int bytes) {
    int left = bytes;
    int count = 0;
    while (count < names.size() && size(names.get(count)) <= left) {
      left -= size(names.get(count++));
    }
    return count;
  }

  private static int size(String name) {
    return CodedOutputStream.computeStringSize(1, name);
  }
}
