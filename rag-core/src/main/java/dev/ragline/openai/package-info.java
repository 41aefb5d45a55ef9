/**
 * What chat and embedding share to talk to an OpenAI-compatible endpoint: its address and key, the
 * client, and what its failures mean to our callers.
 */
@NullMarked
package dev.ragline.openai;

import org.jspecify.annotations.NullMarked;
