package dev.registrykit.oci.internal.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.registrykit.AuthenticationException;
import dev.registrykit.ErrorDetails;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.oci.internal.generated.JsonTrees;
import dev.registrykit.spi.transport.ErrorMapper;
import dev.registrykit.spi.transport.FailedResponse;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the refusals of a token endpoint, of which each kind has its own form. */
final class TokenErrors {

  /** OAuth 2's words (RFC 6749 §5.2) for a refresh token that is not good any more, sent with 400. */
  private static final Set<String> REFUSED_GRANTS =
      Set.of("access_denied", "invalid_client", "invalid_grant", "unauthorized_client");

  private final String endpoint;
  private final List<String> scopes;
  private final boolean hasLogin;

  /**
   * Makes the errors of one request for a token.
   *
   * @param scopes what the token should be good for
   */
  TokenErrors(String endpoint, List<String> scopes, boolean hasLogin) {
    this.endpoint = endpoint;
    this.scopes = scopes;
    this.hasLogin = hasLogin;
  }

  RegistryServiceException map(FailedResponse failure) {
    JsonNode body = JsonTrees.readRefusal(failure.response().body());
    String code = first(body.at("/errors/0/code"), body.path("error"), body.path("code"));
    String words = first(
        body.at("/errors/0/message"),
        body.path("error_description"),
        body.path("details"),
        body.path("message"));
    ErrorDetails details = failure
        .details()
        .errorCode(code)
        .serverMessage(what(failure.response().status()) + (words == null ? "" : ": " + words))
        .build();
    return asException(details);
  }

  private String what(int status) {
    String subject = "the token endpoint " + endpoint;
    String asked = scopes.isEmpty() ? "" : " for " + String.join(" ", scopes);
    return switch (status) {
      case 400 -> subject + " did not accept the request" + asked;
      case 401, 403 ->
        subject + (hasLogin ? " refused the login" : " gives no token without a login") + asked;
      case 429 -> subject + " was asked too often";
      default -> subject + " gave no token" + asked;
    };
  }

  /**
   * As the status says, except for those that would be taken for an answer about the image: it is the login that is
   * refused, and nobody was asked about the image yet.
   */
  static RegistryServiceException asException(ErrorDetails details) {
    String code = details.errorCode().orElse("");
    if (details.statusCode() == 400 && REFUSED_GRANTS.contains(code)) {
      return new AuthenticationException(details);
    }
    return switch (details.statusCode()) {
      case 403 -> new AuthenticationException(details);
      case 404, 409, 412, 423 -> new RegistryServiceException(details);
      default -> ErrorMapper.byStatus(details);
    };
  }

  private static @Nullable String first(JsonNode... nodes) {
    for (JsonNode node : nodes) {
      if (node.isTextual() && !node.textValue().isBlank()) {
        return node.textValue();
      }
    }
    return null;
  }
}
