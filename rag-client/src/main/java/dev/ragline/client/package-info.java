/**
 * The typed client of {@code ragline.v1}: {@link dev.ragline.client.RagClient} sends the protocol's
 * own messages and gives them back; every failure of a call comes as a {@link
 * dev.ragline.client.RagClientException}.
 */
@NullMarked
package dev.ragline.client;

import org.jspecify.annotations.NullMarked;
