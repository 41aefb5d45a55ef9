/** The embedded store: one Lucene index a corpus, in a folder that one process owns. */
@NullMarked
package dev.ragline.store.lucene;

import org.jspecify.annotations.NullMarked;
