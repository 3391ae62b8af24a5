package dev.registrykit.reliability.fuzz;

/** What the fuzzer calls; the name of the target is its argument. */
public final class FuzzedTarget {

  private static String target = "";

  private FuzzedTarget() {}

  /** Is told the target, before the first input. */
  public static void fuzzerInitialize(String[] arguments) {
    target = arguments[0];
  }

  /** Is given each input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    FuzzTargets.run(target, input);
  }
}
