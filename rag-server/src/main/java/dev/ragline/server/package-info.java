/** The server: composition root, gRPC edge, configuration. */
@NullMarked
package dev.ragline.server;

import org.jspecify.annotations.NullMarked;
