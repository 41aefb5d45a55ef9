/** In: a prompt. Out: a language model's text, as it comes. */
@NullMarked
package dev.ragline.generation;

import org.jspecify.annotations.NullMarked;
