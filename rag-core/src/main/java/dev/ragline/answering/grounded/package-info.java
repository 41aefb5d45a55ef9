/**
 * Answers written by a language model from the passages, its citation marks turned into citations.
 */
@NullMarked
package dev.ragline.answering.grounded;

import org.jspecify.annotations.NullMarked;
