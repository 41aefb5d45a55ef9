/** In: token ids. Out: what a model in this process makes of them, by ONNX Runtime. */
@NullMarked
package dev.ragline.onnx;

import org.jspecify.annotations.NullMarked;
