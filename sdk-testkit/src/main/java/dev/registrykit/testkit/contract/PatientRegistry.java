package dev.registrykit.testkit.contract;

import dev.registrykit.Registry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * A registry for a {@link RegistryFixture} that is patient on a busy machine, and gives up soon only
 * where the server is known not to answer. Thread-safe.
 *
 * @since 0.1.0
 */
public final class PatientRegistry {

  private final Registry patient;
  private final Registry impatient;
  private final Registry registry;
  private volatile boolean isStalled;
  private volatile boolean mayLeaveStrays;

  /**
   * Makes a registry of two that are alike but for their time limits.
   *
   * @param patient gives up after so long that no test runs into it
   * @param impatient gives up within a second, for {@link Mishap#STALLED}
   */
  public PatientRegistry(Registry patient, Registry impatient) {
    this.patient = patient;
    this.impatient = impatient;
    this.registry = (Registry) Proxy.newProxyInstance(
        Registry.class.getClassLoader(),
        new Class<?>[] {Registry.class},
        (self, method, arguments) -> {
          try {
            return method.invoke(isStalled ? impatient : patient, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  /** Returns the registry, always the same. */
  public Registry registry() {
    return registry;
  }

  /** Is told which mishap was staged. */
  public void expect(Mishap mishap) {
    isStalled = mishap == Mishap.STALLED;
    mayLeaveStrays |= isStalled || mishap == Mishap.CONNECTION_LOST;
  }

  /**
   * Returns whether requests that were given up may reach the server later, where they would meet a
   * mishap staged for others: the JDK's client repeats a GET whose connection ends. Such a server is
   * not to be used for another test.
   */
  public boolean mayLeaveStrays() {
    return mayLeaveStrays;
  }

  /** Closes both. */
  public void close() {
    patient.close();
    impatient.close();
  }
}
