package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for {@code localhost} that nobody trusts by default. */
final class SelfSigned {

  static final String PASSWORD = "changeit";

  private SelfSigned() {}

  /** Writes a new key with its certificate into a file, by the JDK's own tool. */
  static void makeKeys(Path file) throws Exception {
    Process keytool = new ProcessBuilder(
            ChildJvm.javaHome().resolve("bin/keytool").toString(),
            "-genkeypair",
            "-keystore",
            file.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-alias",
            "test",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost")
        .redirectErrorStream(true)
        .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, keytool.waitFor(), said);
  }

  /** Returns TLS for a server that proves itself by such a file. */
  static SSLContext tls(Path file) throws Exception {
    KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    return tls;
  }
}
