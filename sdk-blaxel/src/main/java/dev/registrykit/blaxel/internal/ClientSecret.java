package dev.registrykit.blaxel.internal;

import dev.registrykit.spi.config.Secrets;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** The id and secret that are exchanged for access tokens. */
public record ClientSecret(String id, String secret) {

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

  /** Returns the value of {@code Authorization} that the token endpoint wants. */
  String basic() {
    byte[] pair = (id + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Returns what a server must not say back to anybody; the id alone is none. */
  List<String> secrets() {
    return List.of(secret, id + ":" + secret);
  }

  /** Names nothing. */
  @Override
  public String toString() {
    return "ClientSecret[redacted]";
  }
}
