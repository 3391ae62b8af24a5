package dev.registrykit.oci.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.registrykit.ConflictException;
import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RateLimitException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.oci.internal.auth.challenge.MissingScope;
import dev.registrykit.oci.internal.generated.JsonTrees;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.transport.ErrorMapper;
import dev.registrykit.spi.transport.FailedResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads refusals: {@code {"errors":[{"code","message","detail"}]}} by the specification, and
 * anything else in practice. The status decides, and the code where registries disagree about the
 * status. Codes are open; which of them say that something is not there is {@link Absence}'s to tell.
 */
final class OciErrors {

  private static final String NAME_UNKNOWN = "NAME_UNKNOWN";

  private static final int UNAUTHORIZED = 401;

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private OciErrors() {}

  /**
   * Makes the exception.
   *
   * @param image whose absence {@code NAME_UNKNOWN} means; null if it means nothing here
   */
  static RegistryServiceException map(
      FailedResponse failure, Operation operation, @Nullable ImageRef image) {
    JsonNode body = JsonTrees.readRefusal(failure.response().body());
    List<JsonNode> errors = new ArrayList<>();
    body.path("errors").forEach(errors::add);
    String code = errors.isEmpty() ? null : text(errors.get(0), "code");
    String missingScope = failure.response().status() == UNAUTHORIZED
        ? MissingScope.in(failure.response().headers()).orElse(null)
        : null;
    String said = message(errors, failure.response().status());
    ErrorDetails details = failure
        .details()
        .errorCode(code)
        .serverMessage(
            said == null || missingScope == null
                ? Objects.requireNonNullElse(said, Objects.requireNonNullElse(missingScope, ""))
                : said + "; " + missingScope)
        .build();
    return missingScope != null
        ? new PermissionDeniedException(details)
        : map(details, code == null ? "" : code, operation, image);
  }

  private static RegistryServiceException map(
      ErrorDetails details, String code, Operation operation, @Nullable ImageRef image) {
    int status = details.statusCode();
    boolean isNoServerError = status < 500;
    // zot answers a deletion in an unknown repository with 400.
    if (image != null && code.equals(NAME_UNKNOWN) && (status == 404 || status == 400)) {
      return new ImageNotFoundException(image, details);
    }
    if (code.equals("TOOMANYREQUESTS") && isNoServerError) {
      return new RateLimitException(details);
    }
    // Google's registry refuses with 400 what hangs together with other manifests.
    if (status == 400 && code.startsWith("GOOGLE_MANIFEST_")) {
      return new ConflictException(details);
    }
    // Harbor, for what is immutable or needed by others: no condition was sent that could have
    // failed.
    if (status == 412) {
      return new ConflictException(details);
    }
    // zot for a part of an index, Quay while it is read-only: not for ever, and nobody's
    // permission.
    if (status == 405 && code.equals("DENIED")) {
      return new ConflictException(details);
    }
    return status == 404 && Absence.isSaidBy(code)
        ? operation.notFound().apply(details)
        : ErrorMapper.byStatus(details);
  }

  private static @Nullable String message(List<JsonNode> errors, int status) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < errors.size(); i++) {
      String said = text(errors.get(i), "message");
      String code = text(errors.get(i), "code");
      // The first code has a place of its own in the message.
      String part = i == 0 || code == null ? said : code + (said == null ? "" : ": " + said);
      if (part != null && !part.isBlank()) {
        parts.add(part);
      }
    }
    if (parts.isEmpty() && REDIRECTS.contains(status)) {
      return "redirects are followed for reading only";
    }
    return parts.isEmpty() ? null : String.join("; ", parts);
  }

  private static @Nullable String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isTextual() ? value.textValue() : null;
  }
}
