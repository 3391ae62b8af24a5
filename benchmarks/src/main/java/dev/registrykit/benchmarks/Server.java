package dev.registrykit.benchmarks;

/** What is talked to, on this machine. */
interface Server extends AutoCloseable {

  /** Host and port. */
  String address();

  /** How many requests came since this was asked last. */
  int takeRequests();

  @Override
  void close();
}
