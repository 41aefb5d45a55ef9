/**
 * Real model servers for tests to run against, with weights from the same package registry. Enters:
 * nothing but Python; leaves: addresses to connect to.
 */
@NullMarked
package dev.ragline.testing.models;

import org.jspecify.annotations.NullMarked;
