package dev.registrykit.testkit.internal.blaxel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.ApiRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is let in: one API key, and the tokens given out to one client. */
final class Tokens {
  private final Settings settings;
  private final Set<String> valid = new HashSet<>();
  private final Set<String> revoked = new HashSet<>();
  private int number;

  Tokens(Settings settings) {
    this.settings = settings;
  }

  /** Answers a request for a token; the vendor documents 400 for a wrong grant or secret. */
  ApiAnswer give(ApiRequest request) {
    ObjectNode body = WireJson.parse(request.body());
    if (!"client_credentials".equals(WireJson.text(body, "grant_type"))) {
      throw Refusals.generic(400, "invalid grant_type");
    }
    if (!isClient(request.header("Authorization"))) {
      throw Refusals.generic(400, "invalid client credentials");
    }
    number++;
    String token = "emulator.access-token." + number;
    valid.add(token);
    return ApiAnswer.json(
        200,
        Refusals.object()
            .put("access_token", token)
            .put("refresh_token", "emulator.refresh-token." + number)
            .put("expires_in", settings.tokenLifetime.toSeconds())
            .put("token_type", "Bearer"));
  }

  private static boolean isClient(@Nullable String authorization) {
    String pair = Workspace.CLIENT_ID + ":" + Workspace.CLIENT_SECRET;
    byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
    return ("Basic " + Base64.getEncoder().encodeToString(bytes)).equals(authorization);
  }

  /** Refuses whoever has neither the key nor a token, in either of the two headers. */
  void require(ApiRequest request) {
    String other = request.header("X-Blaxel-Authorization");
    String header = other == null ? request.header("Authorization") : other;
    String token = header == null || !header.startsWith("Bearer ") ? "" : header.substring(7);
    if (revoked.contains(token)) {
      throw Refusals.platform(401, "TOKEN_REVOKED", "Token revoked", false);
    }
    if (!token.equals(Workspace.API_KEY) && !valid.contains(token)) {
      throw Refusals.generic(401, "Unauthorized");
    }
  }

  void revokeAll() {
    revoked.addAll(valid);
    valid.clear();
  }
}
