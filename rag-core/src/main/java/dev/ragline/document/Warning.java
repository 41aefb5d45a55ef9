package dev.ragline.document;

/**
 * Something is not as it should be, but the work goes on.
 *
 * @param code a word to switch on, in UPPER_SNAKE_CASE
 * @param message the same for people
 */
public record Warning(String code, String message) {}
