/** In: a question. Out: passages, best first, with what stands around them. */
@NullMarked
package dev.ragline.retrieval;

import org.jspecify.annotations.NullMarked;
