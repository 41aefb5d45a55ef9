/** In: a document's bytes. Out: the document, searchable and durable, with a receipt. */
@NullMarked
package dev.ragline.ingest;

import org.jspecify.annotations.NullMarked;
