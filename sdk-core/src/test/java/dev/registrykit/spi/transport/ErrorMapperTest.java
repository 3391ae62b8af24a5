package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.registrykit.AuthenticationException;
import dev.registrykit.BadRequestException;
import dev.registrykit.ConflictException;
import dev.registrykit.ErrorDetails;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.RateLimitException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.ServerException;
import dev.registrykit.spi.support.Redactor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorMapperTest {

  private static final ServiceTraits SERVICE =
      ServiceTraits.of(URI.create("https://registry.example"), "registrykit/1.0");

  static Stream<Arguments> exceptionsByStatus() {
    return Stream.of(
        Arguments.of(400, BadRequestException.class),
        Arguments.of(422, BadRequestException.class),
        Arguments.of(401, AuthenticationException.class),
        Arguments.of(403, PermissionDeniedException.class),
        Arguments.of(404, NotFoundException.class),
        Arguments.of(409, ConflictException.class),
        Arguments.of(423, ConflictException.class),
        Arguments.of(412, PreconditionFailedException.class),
        Arguments.of(429, RateLimitException.class),
        Arguments.of(500, ServerException.class),
        Arguments.of(501, ServerException.class),
        Arguments.of(599, ServerException.class),
        Arguments.of(307, RegistryServiceException.class),
        Arguments.of(405, RegistryServiceException.class),
        Arguments.of(418, RegistryServiceException.class));
  }

  @ParameterizedTest
  @MethodSource("exceptionsByStatus")
  void aStatusHasItsException(int status, Class<? extends RegistryServiceException> type) {
    ErrorDetails details = ErrorDetails.builder("list tags").statusCode(status).build();

    assertEquals(type, ErrorMapper.byStatus(details).getClass());
  }

  @Test
  void aFailureHandsOnAllThatIsKnownWithoutTheBody() {
    ErrorDetails details = new FailedResponse(
            "list tags of ns/app", SERVICE, response(), Duration.ofSeconds(9), 2, true)
        .details()
        .build();

    assertEquals("list tags of ns/app", details.operation());
    assertEquals(429, details.statusCode());
    assertEquals(Optional.of("r1"), details.requestId());
    assertEquals(Optional.of(Duration.ofSeconds(9)), details.retryAfter());
    assertEquals(2, details.attempts());
    assertEquals(true, details.answerWasLost());
    assertEquals("slow down", details.body());
  }

  @Test
  void onlyHarmlessHeadersAreKept() {
    ErrorDetails details = new FailedResponse(
            "list tags of ns/app", SERVICE, response(), null, 1, false)
        .details()
        .build();

    assertEquals(
        Map.of("x-request-id", List.of("r1"), "retry-after", List.of("9")), details.headers());
  }

  @Test
  void theExceptionOfAnAnswerSurvivesSerialisation() throws Exception {
    RegistryServiceException original = ErrorMapper.byStatus(new FailedResponse(
            "list tags of ns/app", SERVICE, response(), Duration.ofSeconds(9), 2, true)
        .details()
        .build());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(original);

    RegistryServiceException copy = (RegistryServiceException)
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    assertEquals(original.headers(), copy.headers());
  }

  private static TransportResponse response() {
    Map<String, List<String>> headers = Map.of(
        "X-Request-Id", List.of("r1"),
        "Retry-After", List.of("9"),
        "Set-Cookie", List.of("session=5ecret"),
        "WWW-Authenticate", List.of("Bearer realm=x"));
    return new TransportResponse(
        URI.create("http://registry.example/x"),
        429,
        HttpHeaders.of(headers, (name, value) -> true),
        "slow down".getBytes(StandardCharsets.UTF_8),
        Redactor.none());
  }

  private static RegistryServiceException refusal(int status, String message) {
    ErrorDetails.Builder details = ErrorDetails.builder("get tag").statusCode(status);
    return ErrorMapper.byStatus(
        message == null ? details.build() : details.serverMessage(message).build());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 408, 429, 500, 502, 503, 599})
  void whatATokenEndpointSaysOfTheLoginStays(int status) {
    RegistryServiceException refusal = refusal(status, null);

    assertSame(refusal, ErrorMapper.ofTokenEndpoint(refusal));
  }

  /** Its own status would be taken for the registry's word on what was asked. */
  @ParameterizedTest
  @ValueSource(ints = {307, 400, 404, 405, 409, 410, 412, 423, 499, 501})
  void anyOtherWordOfATokenEndpointIsARefusedLogin(int status) {
    RegistryServiceException refusal = refusal(status, "unknown service");
    Exception suppressed = new IllegalStateException("before");
    refusal.addSuppressed(suppressed);

    RegistryServiceException told = ErrorMapper.ofTokenEndpoint(refusal);

    assertEquals(AuthenticationException.class, told.getClass());
    assertEquals(401, told.statusCode());
    assertEquals(
        Optional.of("unknown service (HTTP " + status + " there)"),
        told.details().serverMessage());
    assertSame(suppressed, told.getSuppressed()[0]);
    assertEquals(
        Optional.of("no token (HTTP " + status + " there)"),
        ErrorMapper.ofTokenEndpoint(refusal(status, null)).details().serverMessage());
  }
}
