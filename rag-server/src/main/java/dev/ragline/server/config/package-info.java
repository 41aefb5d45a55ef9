/**
 * In: defaults, a YAML file, the environment, flags. Out: one record with a record for each
 * feature.
 */
@NullMarked
package dev.ragline.server.config;

import org.jspecify.annotations.NullMarked;
