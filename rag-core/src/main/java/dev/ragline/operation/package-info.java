/**
 * In: work that takes longer than a caller wants to hold a call open. Out: operations, by which it
 * is followed, awaited and cancelled.
 */
@NullMarked
package dev.ragline.operation;

import org.jspecify.annotations.NullMarked;
