package dev.ragline.evaluation;

/**
 * A mean and its 95 % interval.
 *
 * @param questions how many are behind it
 */
public record Estimate(double value, double low, double high, int questions) {}
