/**
 * In: language models in the order of preference. Out: one that asks the next where one fails,
 * spares those that fail, and asks none for more at once than it bears.
 */
@NullMarked
package dev.ragline.generation.failover;

import org.jspecify.annotations.NullMarked;
