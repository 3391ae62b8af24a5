package dev.registrykit.blaxel.internal.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.registrykit.blaxel.internal.generated.JsonTrees;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The credentials of another registry that an import sends along, as Docker keeps them in JSON. */
final class DockerConfig {

  /** The fields of an entry under {@code auths} that are secret. */
  private static final List<String> SECRET =
      List.of("auth", "password", "identitytoken", "registrytoken");

  private DockerConfig() {}

  /** Returns the secrets to hide wherever a server repeats them: the whole text, and its passwords. */
  static List<String> secrets(String config) {
    List<String> secrets = new ArrayList<>();
    secrets.add(config);
    try {
      for (JsonNode entry :
          JsonTrees.read(config.getBytes(StandardCharsets.UTF_8)).path("auths")) {
        SECRET.forEach(field -> secrets.add(entry.path(field).asText("")));
        secrets.add(password(entry.path("auth").asText("")));
      }
    } catch (JsonProcessingException e) {
      return secrets; // sent as it is, for the service to judge
    }
    return secrets;
  }

  /** Returns the password in Docker's {@code auth}, which is {@code user:password} in Base64. */
  private static String password(String auth) {
    try {
      String login = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
      return login.substring(login.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return ""; // not what Docker writes
    }
  }
}
