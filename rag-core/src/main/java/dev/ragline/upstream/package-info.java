/**
 * What language, embedding and reranking models behind a URL have in common: an endpoint's address
 * and key, the connection, what its failures mean to our callers, and failover between endpoints,
 * which spares those that fail and asks none for more at once than it bears.
 */
@NullMarked
package dev.ragline.upstream;

import org.jspecify.annotations.NullMarked;
