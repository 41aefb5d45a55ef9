package dev.ragline.chunking;

import dev.ragline.parsing.Block;
import java.util.ArrayList;
import java.util.List;

/**
 * Blocks under one heading, the heading first. A heading that has nothing of its own before its
 * first subsection stands with that.
 */
record Section(List<Block> blocks) {
  Section {
    blocks = List.copyOf(blocks);
  }

  /** The document's sections in order; front matter is in none. */
  static List<Section> of(List<Block> document) {
    List<Section> sections = new ArrayList<>();
    List<Block> open = new ArrayList<>();
    for (Block block : document) {
      if (block.kind() == Block.Kind.FRONT_MATTER) {
        close(open, sections); // a description within it stands by itself
        continue;
      }
      if (block.kind() == Block.Kind.HEADING && !isSubsectionOfBare(open, block)) {
        close(open, sections);
      }
      open.add(block);
    }
    close(open, sections);
    return sections;
  }

  /** The headings above the section's text. */
  List<String> headingPath() {
    return blocks.getLast().headingPath();
  }

  private static void close(List<Block> open, List<Section> sections) {
    if (open.stream().anyMatch(block -> block.kind() != Block.Kind.MARKUP)) {
      sections.add(new Section(open));
    }
    open.clear();
  }

  /** Whether only headings came so far, and {@code heading} stands below them. */
  private static boolean isSubsectionOfBare(List<Block> open, Block heading) {
    boolean bare =
        open.stream()
            .allMatch(
                block -> block.kind() == Block.Kind.HEADING || block.kind() == Block.Kind.MARKUP);
    if (open.isEmpty() || !bare) {
      return false;
    }
    List<String> above = open.getLast().headingPath();
    List<String> path = heading.headingPath();
    return path.size() > above.size() && path.subList(0, above.size()).equals(above);
  }
}
