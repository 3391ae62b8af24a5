package dev.registrykit.scaleway.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.registrykit.ErrorDetails;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.scaleway.internal.generated.JsonTrees;
import dev.registrykit.scaleway.internal.wire.Absence.Resource;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.transport.ErrorMapper;
import dev.registrykit.spi.transport.FailedResponse;
import dev.registrykit.spi.transport.RetryAdvice;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Maps error answers to exceptions. The registry mostly sends a message and nothing else, so the status
 * decides; other services behind the same gateway add a type and details. A body may also be empty,
 * plain text or HTML. One for each call.
 */
final class ScalewayErrors implements ErrorMapper {

  /** Only calls that change something get here with these; the transport follows the others. */
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** Fields that other products of the vendor send besides the message, in the order of a sentence. */
  private static final List<String> FACTS = List.of(
      "resource",
      "resource_id",
      "current_state",
      "precondition",
      "method",
      "reason",
      "quota",
      "current",
      "limit",
      "window_seconds",
      "expired_since",
      "reset_seconds",
      "reset_at");

  /** Fields of a detail that follow its name and reason. */
  private static final List<String> FACTS_OF_A_DETAIL = List.of("quota", "current", "limit");

  /** Signs of a binary body: control characters, and the character for bytes that cannot be decoded. */
  private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cc}\uFFFD&&[^\\t\\r\\n]]");

  /** The longest part of a plain text that a message quotes, in characters. */
  private static final int MAX_TEXT = 200;

  /** Longer than any wait that the transport accepts, and far from an overflow. */
  private static final double MAX_SECONDS = 1e12;

  private final Operation operation;
  private final @Nullable Resource resource;
  private final Supplier<Instant> now;

  /**
   * Makes one for a call.
   *
   * @param resource what the call is about; null for a listing of everything, which cannot be missing
   */
  ScalewayErrors(Operation operation, @Nullable Resource resource, Supplier<Instant> now) {
    this.operation = operation;
    this.resource = resource;
    this.now = now;
  }

  @Override
  public RegistryServiceException map(FailedResponse failure) {
    JsonNode body = bodyOf(failure);
    ErrorDetails.Builder builder =
        failure.details().errorCode(text(body, "type")).serverMessage(message(body, failure));
    if (failure.retryAfter() == null) {
      builder.retryAfter(retryAfter(body, failure.response().headers()));
    }
    if (failure.response().status() != 404) {
      return ErrorMapper.byStatus(builder.build());
    }
    if (resource == null) {
      return new NotFoundException(builder.build());
    }
    return Absence.isSaidBy(body, resource)
        ? operation.notFound().apply(builder.build())
        : unproved(builder.build(), resource);
  }

  private static NotFoundException unproved(ErrorDetails details, Resource resource) {
    String why = "this does not prove that there is no such " + resource.word();
    return new NotFoundException(details.toBuilder()
        .serverMessage(details.serverMessage().map(said -> said + "; " + why).orElse(why))
        .build());
  }

  @Override
  public RetryAdvice advice(FailedResponse failure) {
    return new RetryAdvice(
        null, null, retryAfter(bodyOf(failure), failure.response().headers()));
  }

  private static JsonNode bodyOf(FailedResponse failure) {
    return JsonTrees.readRefusal(failure.response().body());
  }

  private @Nullable Duration retryAfter(JsonNode body, HttpHeaders headers) {
    JsonNode seconds = body.path("reset_seconds");
    if (seconds.isNumber() && seconds.doubleValue() >= 0) {
      return Duration.ofMillis((long) (Math.min(seconds.doubleValue(), MAX_SECONDS) * 1000));
    }
    String resetAt = text(body, "reset_at");
    Optional<Instant> then =
        resetAt == null ? Optional.empty() : instant(resetAt, DateTimeFormatter.ISO_DATE_TIME);
    return then.map(end -> Duration.between(serverNow(headers), end))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
        .orElse(null);
  }

  /** Returns the time by the server's clock if it sends it, because ours may differ. */
  private Instant serverNow(HttpHeaders headers) {
    return headers
        .firstValue("date")
        .flatMap(date -> instant(date, DateTimeFormatter.RFC_1123_DATE_TIME))
        .orElseGet(now);
  }

  private static Optional<Instant> instant(String text, DateTimeFormatter format) {
    try {
      return Optional.of(OffsetDateTime.parse(text, format).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty(); // then nobody knows how long to wait
    }
  }

  private static @Nullable String message(JsonNode body, FailedResponse failure) {
    if (!body.isObject()) {
      String plain = plainText(failure);
      boolean isRedirect = REDIRECTS.contains(failure.response().status());
      return plain == null && isRedirect ? "redirects are followed for reading only" : plain;
    }
    List<String> parts = new ArrayList<>();
    add(parts, text(body, "message"));
    add(parts, text(body, "help_message"));
    for (JsonNode detail : body.path("details")) {
      add(parts, describe(detail));
    }
    JsonNode fields = body.path("fields");
    fields.fieldNames().forEachRemaining(name -> {
      for (JsonNode why : fields.path(name)) {
        add(parts, why.isTextual() ? name + " " + why.textValue() : null);
      }
    });
    FACTS.forEach(name -> add(parts, fact(body, name)));
    FACTS.forEach(name -> add(parts, fact(body.path("limit"), name)));
    if (parts.isEmpty() && REDIRECTS.contains(failure.response().status())) {
      return "redirects are followed for reading only";
    }
    return parts.isEmpty() ? null : String.join("; ", parts);
  }

  /** Describes one detail: an argument with its reason, a missing permission, or a quota. */
  private static @Nullable String describe(JsonNode detail) {
    List<String> words = new ArrayList<>();
    add(words, first(detail, "argument_name", "field", "resource"));
    String help = first(detail, "help_message", "message");
    String reason = first(detail, "reason", "action");
    add(words, help == null ? reason : help);
    add(words, help == null || reason == null ? null : "(" + reason + ")");
    FACTS_OF_A_DETAIL.forEach(name -> add(words, fact(detail, name)));
    return String.join(" ", words);
  }

  private static @Nullable String fact(JsonNode node, String name) {
    JsonNode value = node.path(name);
    boolean isSaid =
        value.isNumber() || (value.isTextual() && !value.textValue().isBlank());
    return isSaid ? name + " " + value.asText() : null;
  }

  private static @Nullable String first(JsonNode node, String... names) {
    for (String name : names) {
      String text = text(node, name);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** Returns the plain text that a gateway sent; of HTML, nothing. */
  private static @Nullable String plainText(FailedResponse failure) {
    String type = failure
        .response()
        .headers()
        .firstValue("content-type")
        .orElse("text/plain")
        .toLowerCase(Locale.ROOT);
    String text = new String(failure.response().body(), StandardCharsets.UTF_8).strip();
    boolean isPlain = type.startsWith("text/plain") && !text.startsWith("<");
    if (!isPlain || text.isEmpty() || NO_TEXT.matcher(text).find()) {
      return null;
    }
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }

  private static void add(List<String> parts, @Nullable String part) {
    if (part != null && !part.isBlank()) {
      parts.add(part);
    }
  }

  private static @Nullable String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isTextual() ? value.textValue() : null;
  }
}
