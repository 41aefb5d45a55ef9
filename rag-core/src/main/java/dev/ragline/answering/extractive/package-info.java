/** Answers quoted from the passages, with no language model at all. */
@NullMarked
package dev.ragline.answering.extractive;

import org.jspecify.annotations.NullMarked;
