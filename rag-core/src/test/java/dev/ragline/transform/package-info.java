/** Tests of what is made of questions. */
@NullMarked
package dev.ragline.transform;

import org.jspecify.annotations.NullMarked;
