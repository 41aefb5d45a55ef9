/**
 * The store in Milvus: its own rows for documents and chunks, shared by any number of servers. In:
 * whole documents. Out: what was committed, as fresh as the read asks for.
 */
@NullMarked
package dev.ragline.store.milvus;

import org.jspecify.annotations.NullMarked;
