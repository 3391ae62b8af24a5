package dev.registrykit.benchmarks;

/** Somebody who does a job. */
record Contender(String name, Work work) {

  /** Does the job once. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }
}
