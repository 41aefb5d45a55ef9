/** The edge: {@code ragline.v1} decoded, one call into the core, the result encoded. */
@NullMarked
package dev.ragline.server.grpc;

import org.jspecify.annotations.NullMarked;
