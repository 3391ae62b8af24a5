package dev.registrykit.reliability;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates of servers on this machine, good ones and bad ones, and an authority that signed them. They are
 * written here byte by byte, since the JDK makes certificates by its command line tool alone, which takes a second each.
 */
final class Certificates {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private static final byte[] ECDSA_WITH_SHA256 =
      sequence(tagged(0x06, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  private static final Instant NEVER = Instant.parse("2199-01-01T00:00:00Z");

  private final KeyPair authorityKeys = newKeys();
  private final KeyPair serverKeys = newKeys();
  private final Certificate authority;

  /** What a server proves itself by. */
  enum Kind {
    GOOD,
    EXPIRED,
    NOT_YET_VALID,
    /** Valid, for another name. */
    WRONG_HOST,
    /** Signed by an authority that nobody trusts: itself. */
    SELF_SIGNED
  }

  Certificates() throws GeneralSecurityException {
    authority = certificate("CN=authority", authorityKeys, LONG_AGO, NEVER, IS_AUTHORITY);
  }

  /** Returns TLS for a client that trusts the authority and nobody else. */
  SSLContext ofClient() throws Exception {
    KeyStore trusted = emptyStore();
    trusted.setCertificateEntry("authority", authority);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return tls;
  }

  /** Returns TLS for a server on 127.0.0.1. */
  SSLContext ofServer(Kind kind) throws Exception {
    KeyStore keys = emptyStore();
    keys.setKeyEntry(
        "server", serverKeys.getPrivate(), PASSWORD, new Certificate[] {ofServerAs(kind)});
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    return tls;
  }

  private Certificate ofServerAs(Kind kind) throws GeneralSecurityException {
    byte[] here = names(tagged(0x82, "localhost"), tagged(0x87, 127, 0, 0, 1));
    byte[] elsewhere = names(tagged(0x82, "registry.example"));
    return switch (kind) {
      case GOOD -> certificate("CN=server", authorityKeys, LONG_AGO, NEVER, here);
      case EXPIRED ->
        certificate("CN=server", authorityKeys, LONG_AGO, LONG_AGO.plusSeconds(1), here);
      case NOT_YET_VALID ->
        certificate("CN=server", authorityKeys, NEVER.minusSeconds(1), NEVER, here);
      case WRONG_HOST -> certificate("CN=server", authorityKeys, LONG_AGO, NEVER, elsewhere);
      case SELF_SIGNED -> certificate("CN=server", serverKeys, LONG_AGO, NEVER, here);
    };
  }

  /** Not PKCS12, which derives a key from the password twice for each server, in a tenth of a second. */
  private static KeyStore emptyStore() throws Exception {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, PASSWORD);
    return store;
  }

  private static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  /** As RFC 5280 has it, section 4.1. */
  private Certificate certificate(
      String subject, KeyPair signer, Instant from, Instant to, byte[] extension)
      throws GeneralSecurityException {
    boolean isAuthority = subject.equals("CN=authority");
    boolean isSelfSigned = isAuthority || signer == serverKeys;
    byte[] toSign = sequence(
        tagged(0xa0, tagged(0x02, 2)),
        tagged(0x02, BigInteger.valueOf(System.nanoTime()).toByteArray()),
        ECDSA_WITH_SHA256,
        name(isSelfSigned ? subject : "CN=authority"),
        sequence(tagged(0x18, TIME.format(from)), tagged(0x18, TIME.format(to))),
        name(subject),
        (isAuthority ? authorityKeys : serverKeys).getPublic().getEncoded(),
        tagged(0xa3, sequence(extension)));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(signer.getPrivate());
    signature.update(toSign);
    byte[] signed =
        sequence(toSign, ECDSA_WITH_SHA256, tagged(0x03, new byte[] {0}, signature.sign()));
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(signed));
  }

  private static byte[] name(String commonName) {
    byte[] text = tagged(0x0c, commonName.substring("CN=".length()));
    return sequence(tagged(0x31, sequence(tagged(0x06, 0x55, 0x04, 0x03), text)));
  }

  /** The extension subjectAltName. */
  private static byte[] names(byte[]... names) {
    return sequence(tagged(0x06, 0x55, 0x1d, 0x11), tagged(0x04, sequence(names)));
  }

  /** The extension basicConstraints. */
  private static final byte[] IS_AUTHORITY =
      sequence(tagged(0x06, 0x55, 0x1d, 0x13), tagged(0x04, sequence(tagged(0x01, 0xff))));

  private static byte[] sequence(byte[]... parts) {
    return tagged(0x30, parts);
  }

  private static byte[] tagged(int tag, String text) {
    return tagged(tag, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] tagged(int tag, int... bytes) {
    byte[] content = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      content[i] = (byte) bytes[i];
    }
    return tagged(tag, content);
  }

  /** DER: a tag, the length, and the parts. */
  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(tag);
    int length = content.size();
    if (length >= 256) {
      all.write(0x82);
      all.write(length >> 8);
    } else if (length >= 128) {
      all.write(0x81);
    }
    all.write(length);
    all.writeBytes(content.toByteArray());
    return all.toByteArray();
  }
}
