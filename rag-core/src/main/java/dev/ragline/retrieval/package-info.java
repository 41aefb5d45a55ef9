/** In: a question. Out: passages, best first. */
@NullMarked
package dev.ragline.retrieval;

import org.jspecify.annotations.NullMarked;
