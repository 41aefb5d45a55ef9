/** In: a question and passages. Out: how well each of them fits. */
@NullMarked
package dev.ragline.ranking;

import org.jspecify.annotations.NullMarked;
