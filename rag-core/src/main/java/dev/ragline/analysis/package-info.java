/** In: text. Out: the words that it is searched by. */
@NullMarked
package dev.ragline.analysis;

import org.jspecify.annotations.NullMarked;
