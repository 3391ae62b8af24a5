package dev.registrykit.testkit.internal.oci.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.Digests;
import dev.registrykit.testkit.internal.oci.wire.WireJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Tokens that carry what they grant, so that any emulator understands those of any other. */
final class Tokens {
  private static final String PREFIX = "emulated.";
  private static long issued;

  /** What a token grants. */
  record Grant(String service, Instant expiresAt, List<Scope> scopes) {}

  private Tokens() {}

  /** Every token differs from all before. */
  static synchronized String issue(Grant grant) {
    ObjectNode json = WireJson.object()
        .put("number", issued++)
        .put("service", grant.service())
        .put("exp", grant.expiresAt().toString());
    var access = json.putArray("access");
    grant.scopes().forEach(scope -> access.add(scope.toString()));
    String payload = base64(WireJson.bytes(json));
    return PREFIX + payload + "." + seal(payload);
  }

  /** Empty for what no emulator has issued. */
  static Optional<Grant> read(String token) {
    String[] parts = token.split("\\.", -1);
    if (!token.startsWith(PREFIX) || parts.length != 3 || !parts[2].equals(seal(parts[1]))) {
      return Optional.empty();
    }
    return WireJson.parse(Base64.getUrlDecoder().decode(parts[1])).map(Tokens::grant);
  }

  private static Grant grant(ObjectNode json) {
    List<Scope> scopes = new ArrayList<>();
    json.path("access").forEach(scope -> Scope.parse(scope.asText()).ifPresent(scopes::add));
    return new Grant(
        json.path("service").asText(), Instant.parse(json.path("exp").asText()), scopes);
  }

  private static String seal(String payload) {
    byte[] sealed = ("no secret: " + payload).getBytes(StandardCharsets.UTF_8);
    return base64(Digests.hash("SHA-256", sealed));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
