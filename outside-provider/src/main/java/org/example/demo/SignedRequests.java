package org.example.demo;

import dev.registrykit.spi.config.Secrets;
import dev.registrykit.spi.transport.Attempt;
import dev.registrykit.spi.transport.Credentials;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

// snippet: credentials
/** Signs each request with HMAC-SHA256: its method, its address and its body. */
final class SignedRequests implements Credentials {

  static final String HEADER = "Demo-Signature";

  private final String keyId;
  private final String secretKey;

  SignedRequests(String keyId, String secretKey) {
    this.keyId = Secrets.requireHeaderValue(keyId, "the key's id");
    this.secretKey = Secrets.requireHeaderValue(secretKey, "the secret key");
  }

  @Override
  public Map<String, String> headersFor(Attempt attempt) {
    URI uri = attempt.request().uri();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String head = attempt.request().method() + " " + uri.getRawPath() + query;
    return Map.of(HEADER, keyId + ":" + signature(secretKey, head, attempt.body()));
  }

  /** Hidden wherever the service says it back; what is in the header is hidden in any case. */
  @Override
  public Collection<String> secrets() {
    return List.of(secretKey);
  }

  static String signature(String secretKey, String head, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secretKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update(head.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
// end
