package dev.registrykit.blaxel.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.registrykit.BadRequestException;
import dev.registrykit.ErrorDetails;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.blaxel.internal.generated.JsonTrees;
import dev.registrykit.spi.transport.ErrorMapper;
import dev.registrykit.spi.transport.FailedResponse;
import dev.registrykit.spi.transport.RetryAdvice;
import dev.registrykit.spi.transport.TransportResponse;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads refusals, which come in three shapes: {@code error} as a text beside a numeric {@code code}
 * (the control plane), a textual {@code code} beside a {@code message} (actions), and {@code error}
 * as an object (the platform before it, which also says whether to repeat). Bodies may as well be
 * empty, text or HTML. One for each call, unlike on Scaleway, since it advises on repeating too.
 */
final class BlaxelErrors implements ErrorMapper {

  /** Answers to requests that change something; the transport follows those to other requests. */
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** In the vendor's own order. */
  private static final List<String> REQUEST_IDS =
      List.of("X-Cf-Request-Id", "X-Amz-Cf-Id", "CF-Ray");

  /** The longest body of plain text that is a message rather than a document. */
  private static final int MAX_TEXT_BYTES = 400;

  /** Longer than any wait that is obeyed, and short enough for a {@code long}. */
  private static final double MAX_MILLIS = 1e15;

  private final BlaxelOperation operation;

  BlaxelErrors(BlaxelOperation operation) {
    this.operation = operation;
  }

  @Override
  public RegistryServiceException map(FailedResponse failure) {
    HttpHeaders headers = failure.response().headers();
    JsonNode body = JsonTrees.readRefusal(failure.response().body());
    ErrorDetails.Builder builder = failure
        .details()
        .errorCode(
            code(body).or(() -> headers.firstValue("X-Blaxel-Error-Code")).orElse(null))
        .serverMessage(message(failure.response(), body));
    requestId(headers).ifPresent(builder::requestId);
    if (failure.retryAfter() == null) {
      builder.retryAfter(retryAfter(body));
    }
    ErrorDetails details = builder.build();
    boolean isOfThePlatform = body.path("error").isObject()
        || headers.firstValue("X-Blaxel-Source").filter("platform"::equals).isPresent();
    return switch (details.statusCode()) {
      case 400 -> isOfThePlatform ? new BadRequestException(details) : badRequest(details);
      case 404 -> notFound(body, details);
      default -> ErrorMapper.byStatus(details);
    };
  }

  private static Optional<String> requestId(HttpHeaders headers) {
    return REQUEST_IDS.stream()
        .flatMap(name -> headers.firstValue(name).stream())
        .findFirst();
  }

  /** The document says that a 400 to a deletion means "in use", but so does every malformed request. */
  private BadRequestException badRequest(ErrorDetails details) {
    if (operation.inUse() == null || isHtml(details) || classified(details).namesAnotherCause()) {
      return new BadRequestException(details);
    }
    return operation.inUse().apply(details);
  }

  private NotFoundException notFound(JsonNode body, ErrorDetails details) {
    return Absence.isProvedBy(body, classified(details))
        ? operation.notFound().apply(details)
        : new NotFoundException(details);
  }

  private ErrorClassifier classified(ErrorDetails details) {
    return ErrorClassifier.of(details, operation.names());
  }

  private static boolean isHtml(ErrorDetails details) {
    return details.body().stripLeading().startsWith("<");
  }

  @Override
  public RetryAdvice advice(FailedResponse failure) {
    JsonNode body = JsonTrees.readRefusal(failure.response().body());
    JsonNode error = body.path("error");
    return new RetryAdvice(
        truth(error, "retryable"), truth(error, "safe_to_retry_request"), retryAfter(body));
  }

  private static @Nullable Boolean truth(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isBoolean() ? value.booleanValue() : null;
  }

  private static @Nullable Duration retryAfter(JsonNode body) {
    for (JsonNode node : List.of(body.path("error"), body)) {
      for (String name : List.of("retry_after_seconds", "retry_after")) {
        JsonNode seconds = node.path(name);
        if (seconds.isNumber() && seconds.doubleValue() >= 0) {
          return Duration.ofMillis((long) Math.min(seconds.doubleValue() * 1000, MAX_MILLIS));
        }
      }
    }
    return null;
  }

  /** A numeric code repeats the status. A single word beside a message is a code, whatever its name. */
  private static Optional<String> code(JsonNode body) {
    String ofPlatform = text(body.path("error"), "code");
    String code = ofPlatform == null ? text(body, "code") : ofPlatform;
    String error = text(body, "error");
    boolean isWord =
        error != null && error.matches("[A-Za-z0-9_.-]+") && text(body, "message") != null;
    return Optional.ofNullable(code == null && isWord ? error : code);
  }

  private static @Nullable String message(TransportResponse response, JsonNode body) {
    List<String> parts = new ArrayList<>();
    JsonNode error = body.path("error");
    add(parts, text(error, "message"));
    add(parts, text(error, "action"));
    add(parts, text(body, "error"));
    add(parts, text(body, "message"));
    add(parts, text(body, "reason"));
    for (JsonNode node : List.of(error, body)) {
      add(parts, text(node, "detail"));
      add(parts, text(node, "details"));
    }
    code(body).ifPresent(parts::remove);
    if (body.isMissingNode()) {
      add(parts, plainText(response.body()));
    }
    if (parts.isEmpty() && REDIRECTS.contains(response.status())) {
      return "redirects are followed for reading only";
    }
    return parts.isEmpty() ? null : String.join("; ", parts);
  }

  /** Returns a body that is a few words, which markup and broken JSON are not; null for none. */
  private static @Nullable String plainText(byte[] body) {
    if (body.length > MAX_TEXT_BYTES) {
      return null;
    }
    String text = new String(body, StandardCharsets.UTF_8).strip();
    return text.isEmpty() || "<{[\"".indexOf(text.charAt(0)) >= 0 || text.indexOf('\uFFFD') >= 0
        ? null
        : text;
  }

  private static void add(List<String> parts, @Nullable String part) {
    if (part != null && !part.isBlank() && !parts.contains(part)) {
      parts.add(part);
    }
  }

  private static @Nullable String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isTextual() ? value.textValue() : null;
  }
}
