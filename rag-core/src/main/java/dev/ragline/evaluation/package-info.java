/**
 * In: questions whose answers are known, and ways of retrieving. Out: how good each way is, with
 * intervals, and what became of every question.
 */
@NullMarked
package dev.ragline.evaluation;

import org.jspecify.annotations.NullMarked;
