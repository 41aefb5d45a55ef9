/**
 * In: the events of an answer as they are written. Out: the same events, byte for byte, to whoever
 * reads them, when and as often as they are read, within bounds of memory, disk and time.
 *
 * <p>An {@link dev.ragline.server.answers.AnswerLog} is written by one thread, that of its
 * question, which also sends its events to those who have subscribed. Readers have no threads. What
 * is finished goes to memory and, on the embedded store, to files.
 */
@NullMarked
package dev.ragline.server.answers;

import org.jspecify.annotations.NullMarked;
