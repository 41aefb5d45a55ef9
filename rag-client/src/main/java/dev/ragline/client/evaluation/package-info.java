/**
 * In: files of questions with known answers, and what an evaluation of them measured. Out:
 * requests, and reports for people.
 */
@NullMarked
package dev.ragline.client.evaluation;

import org.jspecify.annotations.NullMarked;
