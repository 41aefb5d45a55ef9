package dev.ragline.server.config;

import dev.ragline.execution.Execution;

/**
 * What computes: parsing, tokenising, inference, searching.
 *
 * @param cores pieces of work at once; 0 means as many as the machine has cores
 */
public record ComputeConfig(int cores) {
  public static final ComputeConfig DEFAULT = new ComputeConfig(0);

  public ComputeConfig {
    ConfigException.require(cores >= 0, "compute.cores", "is less than 0");
  }

  /** Pieces of work at once on this machine. */
  public int effectiveCores() {
    return cores > 0 ? cores : Execution.availableCores();
  }
}
