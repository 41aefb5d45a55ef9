/**
 * In: who asks, until when, and how urgently. Out: one value that goes down through every stage of
 * the work on a call, and that each loop over pieces asks whether anybody still waits.
 */
@NullMarked
package dev.ragline.call;

import org.jspecify.annotations.NullMarked;
