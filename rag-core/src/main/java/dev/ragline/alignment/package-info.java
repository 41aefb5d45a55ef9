/**
 * Compares what an answer says with what its passages say. In: a text with its citations, and
 * passages. Out: its sentences, each with a measure of how well a passage supports it.
 */
@NullMarked
package dev.ragline.alignment;

import org.jspecify.annotations.NullMarked;
