package dev.ragline.document;

import java.time.Duration;

/**
 * One step of the work on a question, as reported to the caller.
 *
 * @param detail what ran, for people
 */
public record Stage(String name, Duration elapsed, String detail) {}
