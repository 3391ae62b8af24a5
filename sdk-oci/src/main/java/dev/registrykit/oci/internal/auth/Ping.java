package dev.registrykit.oci.internal.auth;

import dev.registrykit.RegistryServiceException;
import dev.registrykit.oci.internal.auth.challenge.Challenge;
import dev.registrykit.oci.internal.auth.challenge.Challenges;
import dev.registrykit.spi.config.BaseUrl;
import dev.registrykit.spi.transport.Call;
import dev.registrykit.spi.transport.ErrorMapper;
import dev.registrykit.spi.transport.Transport;
import dev.registrykit.spi.transport.TransportResponse;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a registry demands of everybody, by its answer to {@code GET /v2/}, which clients call a ping.
 * Immutable.
 *
 * <p>A registry that lets strangers read shows them less, and says nothing of it; so whoever has a
 * login must not wait until he is asked for it. zot sends its challenge along with 200.
 *
 * @param challenge what it demands; empty for nothing, or nothing that is known here
 * @param isSilent whether it demands nothing at all
 */
record Ping(Optional<Challenge> challenge, boolean isSilent) {

  private static final int UNAUTHORIZED = 401;

  /**
   * Asks; one request.
   *
   * @param transport one without credentials
   * @param secrets what is hidden wherever the registry says it
   * @param what the call that needs it, in words
   * @throws RegistryServiceException if the answer is that of a server in trouble
   */
  static Ping ask(
      Transport transport, URI baseUrl, Collection<String> secrets, String what, Duration limit) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(baseUrl + "/v2/")).GET().build();
    AtomicReference<@Nullable TransportResponse> refused = new AtomicReference<>();
    ErrorMapper errors = failure -> {
      refused.set(failure.response());
      return ErrorMapper.byStatus(failure
          .details()
          .serverMessage("the registry did not say, at /v2/, which login it wants")
          .build());
    };
    TransportResponse answer;
    try {
      answer = transport.send(
          Call.reading("GetVersion", what, errors).withLimit(limit).hiding(secrets), request);
    } catch (RegistryServiceException e) {
      if (isOfServerInTrouble(e.statusCode())) {
        throw e;
      }
      answer = Objects.requireNonNull(refused.get());
    }
    return of(answer, BaseUrl.isSameOrigin(answer.uri(), request.uri()));
  }

  private static boolean isOfServerInTrouble(int status) {
    return status >= 500 || status == 408 || status == 429;
  }

  /** What another host demands after a redirect, is not for the registry's login. */
  private static Ping of(TransportResponse answer, boolean isRegistrys) {
    Optional<Challenge> challenge = isRegistrys
        ? Challenges.preferred(Challenges.of(answer.headers().allValues("www-authenticate")))
        : Optional.empty();
    boolean isSilent = challenge.isEmpty() && !(isRegistrys && answer.status() == UNAUTHORIZED);
    return new Ping(challenge, isSilent);
  }
}
