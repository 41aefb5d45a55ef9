/**
 * The embedded store: one Lucene index a corpus, in a folder that one process owns. In: whole
 * documents. Out: what was committed, never less and never more.
 *
 * <p>Every file is opened and written on threads of the store's own: a request's thread may be
 * interrupted at any time to cancel it, and an interrupt closes the NIO channel that the thread is
 * using, also for everybody else. Requests read memory-mapped files only, which an interrupt does
 * not touch.
 */
@NullMarked
package dev.ragline.store.lucene;

import org.jspecify.annotations.NullMarked;
