package dev.registrykit.testkit;

/**
 * Runs a {@link BlaxelEmulator} for JUnit Jupiter tests, and fails a test that reached the purge of
 * the workspace without {@link BlaxelEmulator#allowPurge()}.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final BlaxelEmulatorExtension blaxel = new BlaxelEmulatorExtension();
 * }</pre>
 * @since 0.1.0
 */
public final class BlaxelEmulatorExtension extends EmulatorExtension<BlaxelEmulator> {

  /** An extension that starts nothing until a test needs it. */
  public BlaxelEmulatorExtension() {
    super(BlaxelEmulator.class, BlaxelEmulator::start);
  }

  /**
   * The only API key that the emulator lets in.
   *
   * @return a text that is no real credential
   */
  public String apiKey() {
    return emulator().apiKey();
  }

  @Override
  void checkAfter(BlaxelEmulator emulator) {
    emulator.assertNotPurged();
  }
}
