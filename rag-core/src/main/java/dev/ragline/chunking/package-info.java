/** In: a parsed document. Out: chunks with exact byte ranges, none larger than asked for. */
@NullMarked
package dev.ragline.chunking;

import org.jspecify.annotations.NullMarked;
