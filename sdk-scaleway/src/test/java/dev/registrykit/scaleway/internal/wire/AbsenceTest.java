package dev.registrykit.scaleway.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.scaleway.internal.generated.JsonTrees;
import dev.registrykit.scaleway.internal.wire.Absence.Resource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bodies of a 404 are the registry's own words for "not there". */
class AbsenceTest {

  /** The first is recorded, the fifth is recorded of other products, the others are synthetic. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {"message":"Namespace was not found"}                                               | true  | true  | true
      {"message":"Image was not found"}                                                   | false | true  | true
      {"message":"Tag was not found"}                                                     | false | false | true
      {"message":"tag 00000000-1111-4222-8333-444444444444 does not exist"}               | false | false | true
      {"message":"resource is not found","resource":"tag","resource_id":"1","type":"not_found"}          | false | false | true
      {"message":"resource is not found","resource":"registry_image","resource_id":"1","type":"not_found"} | false | true | true
      {"type":"not_found","resource":"container_registry_namespace"}                      | true  | true  | true
      {"message":"resource is not found","resource":"server","resource_id":"1","type":"not_found"}       | false | false | false
      """)
  void itsOwnWordsSpeakOfTheThingOrOfWhatHoldsIt(
      String body, boolean namespace, boolean image, boolean tag) {
    assertEquals(namespace, Absence.isSaidBy(JsonTrees.readRefusal(body), Resource.NAMESPACE));
    assertEquals(image, Absence.isSaidBy(JsonTrees.readRefusal(body), Resource.IMAGE));
    assertEquals(tag, Absence.isSaidBy(JsonTrees.readRefusal(body), Resource.TAG));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{}",
        "[]",
        "null",
        "\"Tag was not found\"",
        "[{\"message\":\"Tag was not found\"}]",
        "{\"message\":\"Not Found\"}",
        "{\"message\":\"not found\"}",
        "{\"message\":\"Resource not found\"}",
        "{\"message\":\"resource is not found\",\"type\":\"not_found\"}",
        "{\"message\":\"no Route matched with those values\"}",
        "{\"message\":\"no route matched for this image\"}",
        "{\"message\":\"no such page: tag\"}",
        "{\"message\":\"/registry/v1/tags/1 not found: tag\"}",
        "{\"message\":\"stage not found\"}",
        "{\"message\":\"Tag is locked\"}",
        "{\"message\":42}",
        "{\"message\":\"Tag was not found\",\"type\":\"unknown_route\"}",
        "{\"resource\":\"tag\"}",
        "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"status\":404,\"error\":\"Not Found\",\"path\":\"/tags\"}",
        "{\"timestamp\":1,\"status\":404,\"message\":\"Tag was not found\",\"path\":\"/tags/1\"}",
        "{\"kind\":\"Status\",\"message\":\"namespaces \\\"shop\\\" not found\",\"reason\":\"NotFound\"}",
        "{\"errors\":[{\"code\":\"NAME_UNKNOWN\",\"message\":\"tag not found\"}]}",
        "{\"message\":\"Tag was not found\"",
        "default backend - 404",
        "404 page not found",
        "Tag was not found",
        "<html><title>404 Not Found: tag</title></html>"
      })
  void anybodyElsesWordsProveNothing(String body) {
    for (Resource resource : Resource.values()) {
      assertFalse(Absence.isSaidBy(JsonTrees.readRefusal(body), resource), resource.word());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NAMESPACE WAS NOT FOUND", "no such namespace", "Unknown namespace"})
  void theWordingMayChangeALittle(String message) {
    assertTrue(Absence.isSaidBy(
        JsonTrees.readRefusal("{\"message\":\"" + message + "\"}"), Resource.NAMESPACE));
  }
}
