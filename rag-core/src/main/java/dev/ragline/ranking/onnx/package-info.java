/** In: a question and passages. Out: how well each answers it, by a model in this process. */
@NullMarked
package dev.ragline.ranking.onnx;

import org.jspecify.annotations.NullMarked;
