package dev.registrykit.oci.internal.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.registrykit.oci.internal.generated.JsonTrees;
import dev.registrykit.spi.config.Secrets;
import dev.registrykit.spi.support.Rfc3339;
import dev.registrykit.spi.transport.TransportResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a token endpoint gave. Immutable.
 *
 * @param lifetime how long the token is good for from when it was asked for
 * @param refreshToken what later tokens may be asked for with; null if it gave none
 */
record TokenAnswer(
    String token, Duration lifetime, @Nullable String refreshToken) {

  /** The default and the least, by distribution's docs/content/spec/auth/token.md. */
  private static final long MIN_SECONDS = 60;

  /** More is not believed: nothing is lost by asking once a day. */
  private static final long MAX_SECONDS = 24 * 60 * 60;

  /** Even a token that came out of a cache near its end is used for so long, or none ever would. */
  private static final Duration MIN_USE = Token.MARGIN.multipliedBy(2);

  /**
   * Reads an answer.
   *
   * @throws IllegalArgumentException saying what is wrong, without quoting
   */
  static TokenAnswer of(TransportResponse response) {
    JsonNode body = parse(response);
    String token = text(body, "token");
    if (token == null) {
      token = text(body, "access_token");
    }
    if (token == null) {
      throw new IllegalArgumentException("its answer holds no token");
    }
    requireUsable(token);
    Duration lifetime = lifetime(body.path("expires_in"));
    Duration rest = lifetime.minus(age(body, response, lifetime));
    return new TokenAnswer(
        token, rest.compareTo(MIN_USE) < 0 ? MIN_USE : rest, text(body, "refresh_token"));
  }

  private static JsonNode parse(TransportResponse response) {
    try {
      return JsonTrees.read(response.body());
    } catch (JsonProcessingException e) {
      // The cause would quote the answer, of which a part may be a token.
      throw new IllegalArgumentException("its answer is not JSON");
    }
  }

  private static void requireUsable(String token) {
    try {
      Secrets.requireHeaderValue(token, "a token");
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("its token cannot stand in a header", e);
    }
  }

  private static Duration lifetime(JsonNode expiresIn) {
    long seconds = expiresIn.asLong(MIN_SECONDS); // a few servers send it as a string
    return Duration.ofSeconds(Math.min(MAX_SECONDS, Math.max(MIN_SECONDS, seconds)));
  }

  /**
   * Returns how old the token was when it was sent. Both times are the server's, so that it does not
   * matter by how much its clock is wrong; what makes no sense counts as new.
   */
  private static Duration age(JsonNode body, TransportResponse response, Duration lifetime) {
    Optional<Instant> issued = Optional.ofNullable(text(body, "issued_at")).map(Rfc3339::parse);
    Optional<Instant> sent = response.headers().firstValue("date").flatMap(TokenAnswer::httpDate);
    if (issued.isEmpty() || sent.isEmpty()) {
      return Duration.ZERO;
    }
    Duration age = Duration.between(issued.get(), sent.get());
    return age.isNegative() || age.compareTo(lifetime) >= 0 ? Duration.ZERO : age;
  }

  private static Optional<Instant> httpDate(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static @Nullable String text(JsonNode body, String name) {
    String text = body.path(name).textValue();
    return text == null || text.isEmpty() ? null : text;
  }

  @Override
  public String toString() {
    return "token answer(hidden)";
  }
}
