package dev.registrykit.testkit;

/**
 * Runs an {@link OciEmulator} for JUnit Jupiter tests.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final OciEmulatorExtension oci = new OciEmulatorExtension();
 * }</pre>
 * @since 0.1.0
 */
public final class OciEmulatorExtension extends EmulatorExtension<OciEmulator> {

  /** An extension that starts nothing until a test needs it; see {@link OciEmulator#start()}. */
  public OciEmulatorExtension() {
    super(OciEmulator.class, OciEmulator::start);
  }

  /**
   * An extension that starts nothing until a test needs it.
   *
   * @param personality what the emulator is before each test
   */
  public OciEmulatorExtension(OciPersonality personality) {
    super(OciEmulator.class, () -> OciEmulator.start(personality));
  }
}
