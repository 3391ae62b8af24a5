package dev.registrykit.spi.support;

/** How fast the requests that go out at a time follow each other. */
interface Pace {

  /**
   * The registry asked to slow down.
   *
   * @return whether fewer go out at a time from now on, so that the same request has a better chance
   */
  boolean slowDown();

  /** One request waits because the registry asked for it; no other begins. */
  void pause();

  /** It has waited. */
  void resume();
}
