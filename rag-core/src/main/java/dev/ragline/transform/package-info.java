/**
 * In: a question, what was said before it, and how to ask. Out: what to search for. A language
 * model helps where there is one and it is wanted.
 */
@NullMarked
package dev.ragline.transform;

import org.jspecify.annotations.NullMarked;
