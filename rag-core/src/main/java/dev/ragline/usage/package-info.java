/** In: what steps of the work on a question use. Out: what the whole question used. */
@NullMarked
package dev.ragline.usage;

import org.jspecify.annotations.NullMarked;
