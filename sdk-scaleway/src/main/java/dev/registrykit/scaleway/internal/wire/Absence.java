package dev.registrykit.scaleway.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.registrykit.NotFoundException;
import dev.registrykit.scaleway.internal.generated.TransportClient;
import dev.registrykit.spi.support.Operation;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * When something counts as not there: the registry says so in its own words, or a listing of its own
 * lacks it. Any other 404 may be a gateway's, a portal's or a wrong address, and proves nothing.
 *
 * <p>Recorded is {@code {"message":"Namespace was not found"}}; for images and tags nothing was, and
 * other products of the vendor add {@code type} and {@code resource}.
 */
public final class Absence {

  /** What can be missing. */
  public enum Thing {
    /** A namespace. */
    NAMESPACE("namespace"),
    /** An image, which goes with its namespace. */
    IMAGE("image|namespace"),
    /** A tag, which goes with its image. */
    TAG("tag|image|namespace");

    /** The words for it and for what takes it along; {@code registry_tag} has one of them. */
    private final Pattern words;

    Thing(String words) {
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

  /** What an error of the vendor's can have; a framework's or a gateway's has other fields. */
  private static final Set<String> FIELDS =
      Set.of("message", "type", "resource", "resource_id", "help_message", "details", "fields");

  private static final Pattern MISSING =
      Pattern.compile("(?i)\\b(not found|not exist|doesn't exist|no such|unknown)\\b");

  /** A message that speaks of the way there speaks of no thing. */
  private static final Pattern ROUTE = Pattern.compile(
      "(?i)[/<>]|\\b(routes?|paths?|ur[il]s?|endpoints?|pages?|hosts?|service|upstream|method)\\b");

  private static final ObjectMapper JSON = TransportClient.newMapper();

  private Absence() {}

  /**
   * Returns whether the exception proves that the thing, or what holds it, is not there: by the
   * registry's words, or because an answered listing lacked it.
   */
  public static boolean isProvedBy(NotFoundException e, Thing thing) {
    return e.statusCode() == 0 || isSaidBy(parse(e.body()), thing);
  }

  /** Returns whether the body of a 404 is the registry's own and speaks of the thing. */
  static boolean isSaidBy(JsonNode body, Thing thing) {
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
        && thing.isIn(body.path("resource").textValue());
    return !ROUTE.matcher(message).find()
        && (isNamed || (MISSING.matcher(message).find() && thing.isIn(message)));
  }

  private static boolean hasForeignFields(JsonNode body) {
    boolean[] foreign = {false};
    body.fieldNames().forEachRemaining(name -> foreign[0] |= !FIELDS.contains(name));
    return foreign[0];
  }

  /** Returns what to throw once a listing lacks what the request of this 404 was for. */
  public static NotFoundException concluded(Operation operation, NotFoundException e) {
    return operation
        .notFound()
        .apply(operation.details("it is not listed any more").toBuilder()
            .requestId(e.requestId().orElse(null))
            .attempts(e.attempts())
            .answerWasLost(e.answerWasLost())
            .build());
  }

  /** Reads text; what is no JSON is nothing. */
  static JsonNode parse(String body) {
    return TransportClient.readTree(JSON, body);
  }
}
