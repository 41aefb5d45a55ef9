/** Embedding by any OpenAI-compatible endpoint, by openai-java. */
@NullMarked
package dev.ragline.embedding.openai;

import org.jspecify.annotations.NullMarked;
