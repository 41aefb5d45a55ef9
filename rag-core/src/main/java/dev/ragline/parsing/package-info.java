/**
 * In: a document's bytes and media type. Out: its text with the structure that chunking follows.
 */
@NullMarked
package dev.ragline.parsing;

import org.jspecify.annotations.NullMarked;
