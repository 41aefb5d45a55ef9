/**
 * In: whole documents with their vectors. Out: what stands in a corpus, and the chunks nearest to a
 * question.
 */
@NullMarked
package dev.ragline.store;

import org.jspecify.annotations.NullMarked;
