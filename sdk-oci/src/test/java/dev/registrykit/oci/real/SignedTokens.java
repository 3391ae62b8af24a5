package dev.registrykit.oci.real;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Signs tokens with a key made for the occasion. They carry their certificate ({@code x5c}), the one
 * form that distribution 2.8 and 3 both take.
 */
final class SignedTokens {

  static final String SERVICE = "lab-service";
  static final String ISSUER = "lab-issuer";
  static final long LIFE_SECONDS = 300;

  private static final String ALIAS = "signer";
  private static final char[] STORE_PASSWORD = "changeit".toCharArray();
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private static final SignedTokens SHARED = make();

  private final PrivateKey key;
  private final byte[] certificate;

  private SignedTokens(PrivateKey key, byte[] certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  /** Returns the same for the whole run: making the key takes most of a second. */
  static SignedTokens shared() {
    return SHARED;
  }

  /** The JDK can sign, but only its keytool makes certificates. */
  private static SignedTokens make() {
    try {
      Path folder = Files.createTempDirectory("registrykit-key-");
      Path store = folder.resolve("store.p12");
      try {
        runKeytool(store);
        return read(store);
      } finally {
        Files.deleteIfExists(store);
        Files.delete(folder);
      }
    } catch (IOException | GeneralSecurityException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void runKeytool(Path store) throws IOException, InterruptedException {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command = List.of(
        keytool.toString(),
        "-genkeypair",
        "-alias",
        ALIAS,
        "-keyalg",
        "RSA",
        "-keysize",
        "2048",
        "-dname",
        "CN=lab",
        "-validity",
        "2",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        new String(STORE_PASSWORD));
    Process process = new ProcessBuilder(command)
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD)
        .start();
    if (process.waitFor() != 0) {
      throw new AssertionError("keytool ended with " + process.exitValue());
    }
  }

  private static SignedTokens read(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, STORE_PASSWORD);
    }
    return new SignedTokens(
        (PrivateKey) store.getKey(ALIAS, STORE_PASSWORD),
        store.getCertificate(ALIAS).getEncoded());
  }

  /** Returns the certificate as PEM. */
  String certificate() {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate);
    return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
  }

  /** Returns a token for scopes such as {@code repository:team/app:pull,push}. */
  String token(List<String> scopes) {
    ObjectNode header = object().put("alg", "RS256").put("typ", "JWT");
    header.putArray("x5c").add(Base64.getEncoder().encodeToString(certificate));
    long now = Instant.now().getEpochSecond();
    ObjectNode claims = object()
        .put("iss", ISSUER)
        .put("aud", SERVICE)
        .put("nbf", now - 10)
        .put("exp", now + LIFE_SECONDS);
    ArrayNode access = claims.putArray("access");
    scopes.forEach(scope -> access.add(access(scope)));
    return signed(encoded(header) + "." + encoded(claims));
  }

  private static ObjectNode access(String scope) {
    int afterType = scope.indexOf(':') + 1;
    int beforeActions = scope.lastIndexOf(':');
    ObjectNode access = object()
        .put("type", scope.substring(0, afterType - 1))
        .put("name", scope.substring(afterType, beforeActions));
    ArrayNode actions = access.putArray("actions");
    Arrays.stream(scope.substring(beforeActions + 1).split(",")).forEach(actions::add);
    return access;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static String encoded(ObjectNode json) {
    return URL.encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private String signed(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + URL.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
