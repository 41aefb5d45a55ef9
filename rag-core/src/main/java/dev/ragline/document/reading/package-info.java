/**
 * What a reader sees of a source: its text, the units that it is made of, and where each char of it
 * stands in the source. Values only; {@code dev.ragline.parsing} makes them.
 */
@NullMarked
package dev.ragline.document.reading;

import org.jspecify.annotations.NullMarked;
