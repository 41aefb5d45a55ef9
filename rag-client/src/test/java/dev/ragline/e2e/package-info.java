/** Ragline from the outside: the built distribution, run as its users run it. */
@NullMarked
package dev.ragline.e2e;

import org.jspecify.annotations.NullMarked;
