/** In: what somebody wants of a corpus. Out: the corpus, bound to this server's embedding model. */
@NullMarked
package dev.ragline.corpus;

import org.jspecify.annotations.NullMarked;
