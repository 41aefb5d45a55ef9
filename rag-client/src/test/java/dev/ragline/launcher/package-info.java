/** In: the script {@code rag}. Out: what it does with a JDK and a Maven that only pretend. */
@NullMarked
package dev.ragline.launcher;

import org.jspecify.annotations.NullMarked;
