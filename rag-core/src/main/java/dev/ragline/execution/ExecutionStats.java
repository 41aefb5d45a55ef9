package dev.ragline.execution;

/**
 * How the threads of a process stand.
 *
 * @param compute the compute pool
 * @param waiting virtual threads that have not ended
 * @param callbacksQueued callbacks of gRPC that have not begun
 * @param filesRunning threads that open or write files
 * @param filesQueued such work that has not begun
 * @param backgroundRunning threads that do long work which nobody waits for
 * @param backgroundQueued such work that has not begun
 */
public record ExecutionStats(
    ComputeStats compute,
    int waiting,
    int callbacksQueued,
    int filesRunning,
    int filesQueued,
    int backgroundRunning,
    int backgroundQueued) {}
