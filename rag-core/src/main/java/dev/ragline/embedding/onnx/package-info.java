/** Embedding in this process, by ONNX Runtime. */
@NullMarked
package dev.ragline.embedding.onnx;

import org.jspecify.annotations.NullMarked;
