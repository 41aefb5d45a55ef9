package dev.ragline.execution;

/**
 * How the compute pool stands.
 *
 * @param cores how many pieces of work run at once, of each priority at the most
 * @param threads platform threads that it has
 * @param runningInteractive pieces that run
 * @param runningBatch the same of batches
 * @param waitingInteractive pieces that have not begun
 * @param waitingBatch the same of batches
 * @param done pieces that have ended, since the start
 */
public record ComputeStats(
    int cores,
    int threads,
    int runningInteractive,
    int runningBatch,
    int waitingInteractive,
    int waitingBatch,
    long done) {}
