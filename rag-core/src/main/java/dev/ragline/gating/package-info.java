/** In: what was found for a question. Out: whether it is worth answering from. */
@NullMarked
package dev.ragline.gating;

import org.jspecify.annotations.NullMarked;
