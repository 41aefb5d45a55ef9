/**
 * Owns every thread of the process. In: work, with the call that it is for. Out: its result, in its
 * turn.
 *
 * <p>There are six kinds of threads, and no other package makes one:
 *
 * <ul>
 *   <li>{@link ComputePool}: platform threads for what computes (parsing, tokenising, inference,
 *       searching, comparing), about as many as there are cores. Interactive work goes before
 *       batches, and corpora take turns.
 *   <li>{@link WaitingThreads}: virtual threads for what waits (for a network, a lock, a reader).
 *   <li>callbacks: platform threads for gRPC's callbacks, health and reflection. What runs there
 *       never waits and never computes for long.
 *   <li>files: platform threads that nobody interrupts, for opening and writing files. An interrupt
 *       would close a channel that others use.
 *   <li>background: half as many platform threads as there are cores, for long work on files that
 *       nobody waits for, such as merging an index.
 *   <li>{@link Timer}: one thread that says when it is time, and does no work itself.
 * </ul>
 */
@NullMarked
package dev.ragline.execution;

import org.jspecify.annotations.NullMarked;
