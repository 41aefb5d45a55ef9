/**
 * Real Milvus servers for tests to run against, and a network between that fails on demand. Enters:
 * nothing but Python; leaves: addresses to connect to.
 */
@NullMarked
package dev.ragline.testing.milvus;

import org.jspecify.annotations.NullMarked;
