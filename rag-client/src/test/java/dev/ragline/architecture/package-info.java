/** The rules of the house, over all modules at once. */
@NullMarked
package dev.ragline.architecture;

import org.jspecify.annotations.NullMarked;
