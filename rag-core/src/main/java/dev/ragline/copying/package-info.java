/**
 * In: two stores. Out: corpora of the one in the other, with their documents, chunks and vectors;
 * nothing is embedded.
 */
@NullMarked
package dev.ragline.copying;

import org.jspecify.annotations.NullMarked;
