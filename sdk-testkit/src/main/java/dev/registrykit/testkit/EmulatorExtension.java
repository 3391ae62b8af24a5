package dev.registrykit.testkit;

import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs an {@link Emulator} for JUnit Jupiter tests.
 *
 * <p>In a static {@code @RegisterExtension} field, or by {@code @ExtendWith} on a class, one
 * emulator serves all tests of the class and is reset before each. In an instance field, each test
 * has an emulator of its own, unless the tests share an instance ({@code PER_CLASS}): then it is
 * reset before each too, so fill it in {@code @BeforeEach}. Nested classes use that of the outer
 * class. A test method may take a parameter of the emulator's type.
 *
 * <p>Test classes may run concurrently when each has an extension of its own; methods that share
 * one emulator may not, since each resets it.
 *
 * @param <E> the emulator
 * @since 0.1.0
 */
public abstract class EmulatorExtension<E extends Emulator>
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ParameterResolver {
  private final Class<E> type;
  private final Supplier<E> start;
  private @Nullable E emulator;
  private @Nullable String startedFor;

  EmulatorExtension(Class<E> type, Supplier<E> start) {
    this.type = type;
    this.start = start;
  }

  /**
   * The running emulator.
   *
   * @return the same one for the whole test
   * @throws IllegalStateException outside of a test
   */
  public final synchronized E emulator() {
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
  public final URI baseUrl() {
    return emulator().baseUrl();
  }

  @Override
  public final synchronized void beforeAll(ExtensionContext context) {
    startUnlessRunning(context);
  }

  @Override
  public final synchronized void beforeEach(ExtensionContext context) {
    if (emulator != null) {
      emulator.reset();
    }
    startUnlessRunning(context);
  }

  @Override
  public final synchronized void afterEach(ExtensionContext context) {
    try {
      if (emulator != null) {
        checkAfter(emulator);
      }
    } finally {
      closeIfStartedFor(context);
    }
  }

  /** Fails the test if it did to the emulator what no test may do. */
  void checkAfter(E emulator) {}

  @Override
  public final synchronized void afterAll(ExtensionContext context) {
    closeIfStartedFor(context);
  }

  @Override
  public final boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == type;
  }

  @Override
  public final E resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return emulator();
  }

  private void startUnlessRunning(ExtensionContext context) {
    if (emulator == null) {
      emulator = start.get();
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
