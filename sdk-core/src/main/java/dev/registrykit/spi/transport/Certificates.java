package dev.registrykit.spi.transport;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a certificate and what to do about it, for which the JDK has other words. */
final class Certificates {

  private Certificates() {}

  /**
   * Returns whether a connection was given up because of the server's certificate. One that is not trusted now
   * is not trusted a second later either.
   */
  static boolean areRefusedIn(Throwable e) {
    return Causes.find(e, CertificateException.class) != null
        || Causes.find(e, CertPathValidatorException.class) != null
        || Causes.find(e, SSLPeerUnverifiedException.class) != null;
  }

  /** Returns why, and what to do. */
  static String refusal(@Nullable String host, Throwable e) {
    String certificate = "the certificate of " + host;
    CertificateExpiredException expired = Causes.find(e, CertificateExpiredException.class);
    if (expired != null) {
      return certificate + " has expired (" + expired.getMessage()
          + "): it has to be renewed there, unless the clock of this machine is wrong";
    }
    CertificateNotYetValidException early = Causes.find(e, CertificateNotYetValidException.class);
    if (early != null) {
      return certificate + " is not valid yet (" + early.getMessage()
          + "), unless the clock of this machine is wrong";
    }
    if (Causes.find(e, CertPathBuilderException.class) != null) {
      return certificate
          + " is not trusted: add the authority that signed it to this JVM's trust store"
          + " (javax.net.ssl.trustStore), or pass a client that trusts it to HttpOptions.withHttpClient";
    }
    return certificate + " is refused: " + e.getMessage();
  }
}
