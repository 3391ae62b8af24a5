package dev.registrykit.testkit;

/**
 * Runs a {@link ScalewayEmulator} for JUnit Jupiter tests.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final ScalewayEmulatorExtension scaleway = new ScalewayEmulatorExtension();
 * }</pre>
 * @since 0.1.0
 */
public final class ScalewayEmulatorExtension extends EmulatorExtension<ScalewayEmulator> {

  /** An extension that starts nothing until a test needs it. */
  public ScalewayEmulatorExtension() {
    super(ScalewayEmulator.class, ScalewayEmulator::start);
  }

  /**
   * The only secret key that the emulator lets in.
   *
   * @return a UUID
   */
  public String secretKey() {
    return emulator().secretKey();
  }
}
