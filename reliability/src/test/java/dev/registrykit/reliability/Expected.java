package dev.registrykit.reliability;

import dev.registrykit.RegistryException;

/** Which exceptions a fault may end in. */
final class Expected {

  private Expected() {}

  static boolean by(Cell<?> cell, RegistryException e) {
    return true;
  }
}
