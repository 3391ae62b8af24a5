package dev.registrykit.testkit;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs a {@link ScalewayEmulator} for JUnit Jupiter tests.
 *
 * <p>In a static {@code @RegisterExtension} field, or by {@code @ExtendWith} on a class, one
 * emulator serves all tests of the class and is reset before each. In an instance field, each test
 * has an emulator of its own, unless the tests share an instance ({@code PER_CLASS}): then it is
 * reset before each too, so fill it in {@code @BeforeEach}. Nested classes use that of the outer class. A test method may take a
 * {@link ScalewayEmulator} parameter.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final ScalewayEmulatorExtension scaleway = new ScalewayEmulatorExtension();
 * }</pre>
 *
 * <p>Test classes may run concurrently when each has an extension of its own; methods that share
 * one emulator may not, since each resets it.
 */
public final class ScalewayEmulatorExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ParameterResolver {
  private @Nullable ScalewayEmulator emulator;
  private @Nullable String startedFor;

  /** An extension that starts nothing until a test needs it. */
  public ScalewayEmulatorExtension() {}

  /**
   * The running emulator.
   *
   * @return the same one for the whole test
   * @throws IllegalStateException outside of a test
   */
  public synchronized ScalewayEmulator emulator() {
    if (emulator == null) {
      throw new IllegalStateException("the emulator runs only while tests do");
    }
    return emulator;
  }

  /**
   * Where the emulator listens.
   *
   * @return {@code http://127.0.0.1:port}
   */
  public URI baseUrl() {
    return emulator().baseUrl();
  }

  /**
   * The only secret key that the emulator lets in.
   *
   * @return a UUID
   */
  public String secretKey() {
    return emulator().secretKey();
  }

  @Override
  public synchronized void beforeAll(ExtensionContext context) {
    startUnlessRunning(context);
  }

  @Override
  public synchronized void beforeEach(ExtensionContext context) {
    if (emulator != null) {
      emulator.reset();
    }
    startUnlessRunning(context);
  }

  @Override
  public synchronized void afterEach(ExtensionContext context) {
    closeIfStartedFor(context);
  }

  @Override
  public synchronized void afterAll(ExtensionContext context) {
    closeIfStartedFor(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ScalewayEmulator.class;
  }

  @Override
  public ScalewayEmulator resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return emulator();
  }

  private void startUnlessRunning(ExtensionContext context) {
    if (emulator == null) {
      emulator = ScalewayEmulator.start();
      startedFor = context.getUniqueId();
    }
  }

  private void closeIfStartedFor(ExtensionContext context) {
    if (emulator != null && context.getUniqueId().equals(startedFor)) {
      emulator.close();
      emulator = null;
      startedFor = null;
    }
  }
}
