/**
 * A language model that says what a test tells it to, in a process of its own: an OpenAI-compatible
 * server over plain sockets, so that it can also break off in every way a real one does.
 */
@NullMarked
package dev.ragline.testing;

import org.jspecify.annotations.NullMarked;
