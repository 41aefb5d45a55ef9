/** Tests of filters, and what they mean according to CEL itself. */
@NullMarked
package dev.ragline.filter;

import org.jspecify.annotations.NullMarked;
