/**
 * What everything else speaks of: corpora, documents, chunks, byte ranges, digests, errors,
 * deadlines. Depends on nothing.
 */
@NullMarked
package dev.ragline.document;

import org.jspecify.annotations.NullMarked;
