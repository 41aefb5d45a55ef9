/** In: texts. Out: vectors, each a pure function of its text. */
@NullMarked
package dev.ragline.embedding;

import org.jspecify.annotations.NullMarked;
