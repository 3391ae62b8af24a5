package dev.registrykit.reliability;

import static dev.registrykit.reliability.Fault.Kind.OWN_REFUSAL;
import static dev.registrykit.reliability.Fault.Kind.REDIRECT;

import dev.registrykit.AuthenticationException;
import dev.registrykit.BadRequestException;
import dev.registrykit.ConflictException;
import dev.registrykit.ImageInUseException;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.IncompleteDeletionException;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.RateLimitException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.ServerException;
import dev.registrykit.TagInUseException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.UnsupportedFeatureException;
import java.util.Set;

/** Which exceptions a fault may end in. */
final class Expected {

  private Expected() {}

  /** Returns whether an operation may end so, if its request goes wrong like this. */
  static boolean by(Cell<?> cell, RegistryException e, boolean hasServerRefused) {
    RegistryException reason =
        e instanceof IncompleteDeletionException && e.getCause() instanceof RegistryException cause
            ? cause
            : e;
    Class<?> type = reason.getClass();
    Fault fault = cell.fault();
    if (type == UnsupportedFeatureException.class) {
      return saysNotOffered(cell);
    }
    boolean cameWithStatus = hasServerRefused
        && fault.isOfRealAnswer()
        && reason instanceof RegistryServiceException; // only the rest of the answer did not come
    return cameWithStatus || isOfKind(cell, type);
  }

  private static boolean isOfKind(Cell<?> cell, Class<?> type) {
    if (mayConcernToken(cell) && isOfToken(type)) {
      return true;
    }
    return switch (cell.fault().kind()) {
      case BROKEN_OFF -> type == RegistryIOException.class;
      case SILENCE -> type == RegistryTimeoutException.class || type == RegistryIOException.class;
      case NO_HTTP ->
        Set.of(RegistryIOException.class, InvalidResponseException.class, ServerException.class)
            .contains(type);
      case STRANGE_BODY -> type == InvalidResponseException.class;
      case HARMLESS -> false;
      case REDIRECT ->
        Set.of(
                InvalidResponseException.class,
                RegistryIOException.class,
                RegistryServiceException.class,
                NotFoundException.class)
            .contains(type);
      case OWN_REFUSAL -> of(cell).contains(type);
      case STRANGERS_REFUSAL, FAILURE, LATER -> of(cell).contains(type);
    };
  }

  /** A registry without the feature says it by one of these. */
  private static boolean saysNotOffered(Cell<?> cell) {
    Fault fault = cell.fault();
    boolean mayBeCut =
        fault.isOfRealAnswer() && (cell.isForEver() || cell.request().changes());
    boolean isNoCatalogue = is501(cell) && cell.request().path().contains("/_catalog");
    return mayBeCut
        || isNoCatalogue
        || !isForToken(cell)
            && fault.kind().isRefusal()
            && fault.kind() != REDIRECT
            && fault.kind() != REDIRECT
            && Set.of(404, 405).contains(fault.status());
  }

  private static Set<Class<? extends RegistryException>> of(Cell<?> cell) {
    int status = cell.fault().status();
    return switch (status) {
      case 400, 422 ->
        Set.of(
            BadRequestException.class,
            ImageInUseException.class, // on Blaxel
            TagInUseException.class);
      case 401 -> Set.of(AuthenticationException.class);
      case 403 -> Set.of(PermissionDeniedException.class, AuthenticationException.class);
      case 404 ->
        cell.fault().kind() == OWN_REFUSAL
            ? Set.of(
                NotFoundException.class,
                TagNotFoundException.class,
                ImageNotFoundException.class,
                RegistryServiceException.class)
            : Set.of(NotFoundException.class, RegistryServiceException.class);
      case 409, 423 -> Set.of(ConflictException.class, RegistryServiceException.class);
      case 412 ->
        Set.of(
            PreconditionFailedException.class,
            ConflictException.class,
            RegistryServiceException.class);
      case 429 -> Set.of(RateLimitException.class);
      default -> Set.of(status >= 500 ? ServerException.class : RegistryServiceException.class);
    };
  }

  /** Whether a refusal may be of the token endpoint, now or in a later request. */
  private static boolean mayConcernToken(Cell<?> cell) {
    return (isForToken(cell) || cell.isForEver())
        && (cell.fault().kind().isRefusal() || is501(cell));
  }

  /** There is no token, or one with fewer rights. */
  private static boolean isOfToken(Class<?> type) {
    return type == AuthenticationException.class || type == PermissionDeniedException.class;
  }

  /** The one status of a failure that says that something will never be. */
  private static boolean is501(Cell<?> cell) {
    return cell.fault().name().startsWith("501 ");
  }

  private static boolean isForToken(Cell<?> cell) {
    return cell.request().path().contains("/token");
  }
}
