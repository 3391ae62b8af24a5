package dev.registrykit.blaxel.internal.auth;

import dev.registrykit.spi.config.Secrets;
import dev.registrykit.spi.transport.Attempt;
import dev.registrykit.spi.transport.Credentials;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The id and secret of a client, which are exchanged for access tokens: the credentials of the token
 * endpoint alone.
 */
public record ClientSecret(String id, String secret) implements Credentials {

  /** Refuses what cannot stand in a header. */
  public ClientSecret {
    Secrets.requireHeaderValue(id, "clientId");
    Secrets.requireHeaderValue(secret, "clientSecret");
    if (id.indexOf(':') >= 0) {
      throw new IllegalArgumentException("clientId has a colon");
    }
  }

  /**
   * Reads {@code id:secret}, in Base64 as the vendor's tools store it, or as it is, as one of them
   * takes it too.
   *
   * @throws IllegalArgumentException if it is neither; the message does not repeat it
   */
  public static ClientSecret parse(String text, String name) {
    Objects.requireNonNull(text, name);
    String pair = text.indexOf(':') >= 0 ? text : decode(text);
    int colon = pair.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(name + " is neither id:secret nor that in Base64");
    }
    return new ClientSecret(pair.substring(0, colon), pair.substring(colon + 1));
  }

  private static String decode(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return ""; // which is no pair; the cause would repeat a piece of it
    }
  }

  @Override
  public Map<String, String> headersFor(Attempt attempt) {
    byte[] pair = (id + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /** The id alone is no secret. */
  @Override
  public List<String> secrets() {
    return List.of(secret, id + ":" + secret);
  }

  /** Names nothing. */
  @Override
  public String toString() {
    return "ClientSecret[redacted]";
  }
}
