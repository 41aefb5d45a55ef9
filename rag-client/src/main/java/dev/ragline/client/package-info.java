/** The typed client of {@code ragline.v1}. */
@NullMarked
package dev.ragline.client;

import org.jspecify.annotations.NullMarked;
