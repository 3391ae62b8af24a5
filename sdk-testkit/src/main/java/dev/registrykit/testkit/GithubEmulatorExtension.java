package dev.registrykit.testkit;

/**
 * Runs a {@link GithubEmulator} for JUnit Jupiter tests.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final GithubEmulatorExtension github = new GithubEmulatorExtension();
 * }</pre>
 *
 * @since 0.1.0
 */
public final class GithubEmulatorExtension extends EmulatorExtension<GithubEmulator> {

  /** An extension that starts nothing until a test needs it. */
  public GithubEmulatorExtension() {
    super(GithubEmulator.class, GithubEmulator::start);
  }
}
