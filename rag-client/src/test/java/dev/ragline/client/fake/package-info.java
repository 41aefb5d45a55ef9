/** A Ragline server in memory, whose answers are scripted. */
@NullMarked
package dev.ragline.client.fake;

import org.jspecify.annotations.NullMarked;
