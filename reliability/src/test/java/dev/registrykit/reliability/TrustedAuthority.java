package dev.registrykit.reliability;

import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Has the JVM trust an authority of its own while the tests of a class run, which need {@link #LOCK}. */
final class TrustedAuthority implements BeforeAllCallback, AfterAllCallback {

  /** The resource that it changes. */
  static final String LOCK = "javax.net.ssl.SSLContext.default";

  private Certificates certificates;
  private SSLContext before;

  /** Returns what the authority signs. */
  Certificates certificates() {
    return certificates;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    certificates = new Certificates();
    before = SSLContext.getDefault();
    SSLContext.setDefault(certificates.ofClient());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    SSLContext.setDefault(before);
  }
}
