package dev.registrykit.reliability;

/** How much of what could be tried is tried. */
public final class Extent {

  /** Whether it is all, which takes long: {@code mvn -Dmatrix.whole=true}. */
  public static final boolean IS_WHOLE = Boolean.getBoolean("registrykit.matrix.whole");

  private Extent() {}
}
