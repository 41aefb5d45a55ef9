/** In: an answer, and a client of the server that gave it. Out: what of it does not hold. */
@NullMarked
package dev.ragline.client.verification;

import org.jspecify.annotations.NullMarked;
