package dev.registrykit.testkit.internal;

/**
 * Lets this module read the class path, where WireMock is.
 *
 * <p>wiremock-standalone cannot be a module beside jspecify, because it carries the same package.
 * Must run before any class that names a WireMock type is loaded; without modules it does nothing.
 */
public final class ClassPathWireMock {
  private ClassPathWireMock() {}

  public static void makeReadable() {
    Class<?> here = ClassPathWireMock.class;
    here.getModule().addReads(here.getClassLoader().getUnnamedModule());
  }
}
