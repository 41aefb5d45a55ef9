/** In: a question and a text on its topic. Out: what of the question the text lacks. */
@NullMarked
package dev.ragline.presence;

import org.jspecify.annotations.NullMarked;
