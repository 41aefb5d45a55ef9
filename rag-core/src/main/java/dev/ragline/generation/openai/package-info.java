/** Any OpenAI-compatible endpoint, by openai-java. */
@NullMarked
package dev.ragline.generation.openai;

import org.jspecify.annotations.NullMarked;
