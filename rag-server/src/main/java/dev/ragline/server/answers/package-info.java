/**
 * In: the events of an answer as they are written. Out: the same events, byte for byte, to whoever
 * reads them, when and as often as they are read, within bounds of memory, disk and time.
 *
 * <p>An {@link dev.ragline.server.answers.AnswerLog} is written by one thread and read by any; what
 * is finished goes to memory and, on the embedded store, to files.
 */
@NullMarked
package dev.ragline.server.answers;

import org.jspecify.annotations.NullMarked;
