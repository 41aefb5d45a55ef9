/**
 * In: what was configured, and how each part of it is opened. Out: of each part whether it answers,
 * how fast, what it is like, and what will go wrong with it.
 */
@NullMarked
package dev.ragline.server.doctor;

import org.jspecify.annotations.NullMarked;
