package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CertificatesTest {

  private static final String HOST = "registry.example";

  /** As the JDK wraps them. */
  private static IOException handshake(Throwable cause) {
    SSLHandshakeException failure = new SSLHandshakeException("handshake failed");
    failure.initCause(cause);
    return new IOException("no connection", failure);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            new CertificateExpiredException("NotAfter: 2020"),
            "the certificate of registry.example has expired (NotAfter: 2020): it has to be renewed"
                + " there, unless the clock of this machine is wrong"),
        Arguments.of(
            new CertificateNotYetValidException("NotBefore: 2199"),
            "the certificate of registry.example is not valid yet (NotBefore: 2199), unless the"
                + " clock of this machine is wrong"),
        Arguments.of(
            new CertificateException("path", new CertPathBuilderException("no path")),
            "the certificate of registry.example is not trusted: add the authority that signed it to"
                + " this JVM's trust store (javax.net.ssl.trustStore), or pass a client that trusts"
                + " it to HttpOptions.withHttpClient"),
        Arguments.of(
            new CertificateException("no name matches"),
            "the certificate of registry.example is refused: no connection"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalSaysWhatIsWrongAndWhatToDo(CertificateException cause, String words) {
    IOException failure = handshake(cause);

    assertTrue(Certificates.areRefusedIn(failure));
    assertEquals(words, Certificates.refusal(HOST, failure));
  }

  @Test
  void aFailureOfAnotherKindIsNoRefusal() {
    assertTrue(Certificates.areRefusedIn(handshake(new CertPathValidatorException("revoked"))));
    assertTrue(Certificates.areRefusedIn(new SSLPeerUnverifiedException("nobody")));
    assertFalse(Certificates.areRefusedIn(handshake(new IOException("reset"))));
  }
}
