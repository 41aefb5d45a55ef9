/** In: a question. Out: the events of a cited answer. */
@NullMarked
package dev.ragline.answering;

import org.jspecify.annotations.NullMarked;
