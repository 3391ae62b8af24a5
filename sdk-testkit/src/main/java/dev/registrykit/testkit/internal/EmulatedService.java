package dev.registrykit.testkit.internal;

import java.util.Map;

/** An emulated service without its HTTP server, its faults and its journal. Thread-safe. */
public interface EmulatedService {

  /** Carries a request out. */
  ApiAnswer handle(ApiRequest request);

  /** Returns the headers that every answer to the next request has, whether spoiled or not. */
  Map<String, String> nextHeaders();
}
