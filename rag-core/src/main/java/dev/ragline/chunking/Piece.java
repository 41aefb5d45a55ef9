package dev.ragline.chunking;

import dev.ragline.document.reading.TextSpan;
import java.util.List;

/**
 * Text that stays together if it fits.
 *
 * @param heading whether it only announces what follows
 * @param cutters how it is cut if it does not fit, coarse to fine; then by words
 */
record Piece(TextSpan span, boolean heading, List<Cutter> cutters) {
  Piece {
    cutters = List.copyOf(cutters);
  }
}
