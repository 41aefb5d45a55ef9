/**
 * In: an expression of CEL and the schema of a corpus. Out: what it asks for, in terms that every
 * store can put to its index. What has no such terms is refused, with its place.
 */
@NullMarked
package dev.ragline.filter;

import org.jspecify.annotations.NullMarked;
