package dev.registrykit.spi.transport;

import dev.registrykit.RegistryException;

/** An attempt that brought no answer; carries what the caller gets if there is no other attempt. */
final class NoAnswerException extends Exception {

  private static final long serialVersionUID = 1L;

  private final RegistryException outcome;
  private final boolean isTransient;
  private final boolean mayHaveTakenEffect;

  NoAnswerException(RegistryException outcome, boolean isTransient, boolean mayHaveTakenEffect) {
    super(null, outcome, false, false);
    this.outcome = outcome;
    this.isTransient = isTransient;
    this.mayHaveTakenEffect = mayHaveTakenEffect;
  }

  RegistryException outcome() {
    return outcome;
  }

  boolean isTransient() {
    return isTransient;
  }

  /** Whether the request may have reached the registry, so that only its answer was lost. */
  boolean mayHaveTakenEffect() {
    return mayHaveTakenEffect;
  }
}
