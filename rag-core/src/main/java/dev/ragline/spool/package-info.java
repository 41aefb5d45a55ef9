/** In: what is too large for memory. Out: the same, from a file that nobody else sees. */
@NullMarked
package dev.ragline.spool;

import org.jspecify.annotations.NullMarked;
