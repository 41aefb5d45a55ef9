/** In: a question. Out: what it asks for, if the server's limits and quotas allow it. */
@NullMarked
package dev.ragline.admission;

import org.jspecify.annotations.NullMarked;
