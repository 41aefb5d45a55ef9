/**
 * A language model that says what a test tells it to, in a process of its own: an OpenAI-compatible
 * server over plain sockets, so that it can also break off in every way a real one does. Beside it
 * the fakes, generated inputs and outside tools that tests of several features share.
 */
@NullMarked
package dev.ragline.testing;

import org.jspecify.annotations.NullMarked;
