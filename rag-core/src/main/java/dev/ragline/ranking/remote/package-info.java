/** In: a question and passages. Out: how well each answers it, by a model behind a URL. */
@NullMarked
package dev.ragline.ranking.remote;

import org.jspecify.annotations.NullMarked;
