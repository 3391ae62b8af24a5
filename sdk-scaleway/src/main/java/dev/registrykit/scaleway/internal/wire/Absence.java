package dev.registrykit.scaleway.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.registrykit.NotFoundException;
import dev.registrykit.scaleway.internal.generated.JsonTrees;
import dev.registrykit.spi.support.Operation;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * When a resource counts as absent: the registry says so in its own words, or one of its listings
 * lacks it. Any other 404 may come from a gateway, a portal or a wrong address, and proves nothing.
 *
 * <p>The only recorded text is {@code {"message":"Namespace was not found"}}. No 404 for an image or a
 * tag was ever recorded; other products of the vendor add {@code type} and {@code resource}.
 */
public final class Absence {

  /** What can be missing. */
  public enum Resource {
    /** A namespace. */
    NAMESPACE("namespace"),
    /** An image, which goes with its namespace. */
    IMAGE("image|namespace"),
    /** A tag, which goes with its image. */
    TAG("tag|image|namespace");

    /** The words for it and for what holds it; {@code registry_tag} has one of them. */
    private final Pattern words;

    Resource(String words) {
      this.words = Pattern.compile("(?i)(?<![a-z])(?:" + words + ")(?![a-z])");
    }

    private boolean isIn(String text) {
      return words.matcher(text).find();
    }

    /** Returns its name in messages. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String NOT_FOUND = "not_found";

  /** The fields of the vendor's errors; those of a framework or a gateway have others. */
  private static final Set<String> FIELDS =
      Set.of("message", "type", "resource", "resource_id", "help_message", "details", "fields");

  private static final Pattern MISSING =
      Pattern.compile("(?i)\\b(not found|not exist|doesn't exist|no such|unknown)\\b");

  /** A message about the route, the host or the path is not about the resource. */
  private static final Pattern ROUTE = Pattern.compile(
      "(?i)[/<>]|\\b(routes?|paths?|ur[il]s?|endpoints?|pages?|hosts?|service|upstream|method)\\b");

  private Absence() {}

  /**
   * Returns whether the exception proves that the resource, or what holds it, does not exist: by the
   * registry's own words, or because a listing lacked it.
   */
  public static boolean isProvedBy(NotFoundException e, Resource resource) {
    return e.statusCode() == 0 || isSaidBy(JsonTrees.readRefusal(e.body()), resource);
  }

  /** Returns whether the body of a 404 comes from the registry itself and is about the resource. */
  static boolean isSaidBy(JsonNode body, Resource resource) {
    if (!body.isObject() || hasForeignFields(body)) {
      return false;
    }
    String type = body.path("type").asText(NOT_FOUND);
    if (!type.equals(NOT_FOUND)) {
      return false;
    }
    String message = body.path("message").asText("");
    boolean isNamed = body.path("resource").isTextual()
        && body.path("type").isTextual()
        && resource.isIn(body.path("resource").textValue());
    return !ROUTE.matcher(message).find()
        && (isNamed || (MISSING.matcher(message).find() && resource.isIn(message)));
  }

  private static boolean hasForeignFields(JsonNode body) {
    boolean[] foreign = {false};
    body.fieldNames().forEachRemaining(name -> foreign[0] |= !FIELDS.contains(name));
    return foreign[0];
  }

  /** Returns the exception for a 404 whose resource a listing lacks, too. */
  public static NotFoundException notListedAnyMore(Operation operation, NotFoundException e) {
    return operation
        .notFound()
        .apply(operation.details("it is not listed any more").toBuilder()
            .requestId(e.requestId().orElse(null))
            .attempts(e.attempts())
            .answerWasLost(e.answerWasLost())
            .build());
  }
}
