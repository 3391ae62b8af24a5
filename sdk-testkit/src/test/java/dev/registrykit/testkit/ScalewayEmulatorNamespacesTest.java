package dev.registrykit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalewayEmulatorNamespacesTest extends ScalewayEmulatorTest {

  @Test
  void creatingANamespaceAnswersItInTheRecordedShape() throws Exception {
    JsonNode created = ok(send("POST", "/namespaces", "{\"name\":\"shop\",\"description\":\"d\"}"));

    assertEquals(
        List.of(
            "id",
            "name",
            "description",
            "organization_id",
            "project_id",
            "status",
            "status_message",
            "endpoint",
            "is_public",
            "size",
            "created_at",
            "updated_at",
            "image_count",
            "region"),
        fields(created));
    assertEquals("d", created.get("description").asText());
    assertEquals(emulator().projectId(), created.get("project_id").asText());
    assertEquals(emulator().organizationId(), created.get("organization_id").asText());
    assertEquals("ready", created.get("status").asText());
    assertEquals("", created.get("status_message").asText());
    assertEquals("rg.fr-par.scw.cloud/shop", created.get("endpoint").asText());
    assertTrue(created.get("size").isIntegralNumber());
    assertEquals(4, UUID.fromString(created.get("id").asText()).version());
  }

  @Test
  void aWriteHasNineFractionDigitsAndALaterReadSixRounded() throws Exception {
    JsonNode created = ok(send("POST", "/namespaces", "{\"name\":\"shop\"}"));
    String path = "/namespaces/" + created.get("id").asText();
    JsonNode read = read(path);
    JsonNode patched = ok(send("PATCH", path, "{\"is_public\":true}"));

    assertEquals("2024-01-15T08:00:00.123456789Z", created.get("created_at").asText());
    assertEquals("2024-01-15T08:00:00.123456789Z", created.get("updated_at").asText());
    assertEquals("2024-01-15T08:00:00.123457Z", read.get("created_at").asText());
    assertEquals("2024-01-15T08:00:00.123457Z", patched.get("created_at").asText());
    assertEquals("2024-01-15T08:00:01.123456789Z", patched.get("updated_at").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop", "with_underscore", "dotted.name"})
  void aDuplicateOrIllegalNameIs400(String name) throws Exception {
    emulator().addNamespace("shop");

    var response = send("POST", "/namespaces", "{\"name\":\"" + name + "\"}");

    assertEquals(400, response.statusCode());
    assertEquals("{\"message\":\"Namespace already exist\"}", response.body());
  }

  @Test
  void aMissingNamespaceIs404() throws Exception {
    String path = "/namespaces/" + UUID.randomUUID();

    for (String method : List.of("GET", "DELETE")) {
      var response = send(method, path, "");
      assertEquals(404, response.statusCode());
      assertEquals("{\"message\":\"Namespace was not found\"}", response.body());
    }
  }

  @Test
  void aPatchChangesOnlyWhatItNames() throws Exception {
    String path = "/namespaces/" + emulator().addNamespace("shop");

    ok(send("PATCH", path, "{\"description\":\"new\"}"));
    JsonNode patched = ok(send("PATCH", path, "{\"description\":null,\"is_public\":true}"));

    assertEquals("new", patched.get("description").asText());
    assertTrue(patched.get("is_public").asBoolean());
  }

  @Test
  void theOwnerIsAProjectOrAnOrganizationButNotBoth() throws Exception {
    String id = UUID.randomUUID().toString();
    String project = "{\"name\":\"p\",\"project_id\":\"" + id + "\"}";
    String organization = "{\"name\":\"o\",\"organization_id\":\"" + id + "\"}";
    String both =
        "{\"name\":\"b\",\"organization_id\":\"" + id + "\",\"project_id\":\"" + id + "\"}";

    JsonNode ofProject = ok(send("POST", "/namespaces", project));
    JsonNode ofOrganization = ok(send("POST", "/namespaces", organization));

    assertEquals(id, ofProject.get("project_id").asText());
    assertEquals(emulator().organizationId(), ofProject.get("organization_id").asText());
    assertEquals(id, ofOrganization.get("organization_id").asText());
    assertEquals(400, send("POST", "/namespaces", both).statusCode());
    assertEquals(List.of("p", "o"), names(read("/namespaces?project_id=" + id).get("namespaces")));
    assertEquals(List.of("o"), names(read("/namespaces?organization_id=" + id).get("namespaces")));
  }

  @ParameterizedTest
  @CsvSource({
    "created_at_asc, b c a",
    "created_at_desc, a c b",
    "name_asc, a b c",
    "name_desc, c b a",
    "description_asc, c a b",
    "description_desc, b a c",
  })
  void everyOrderOfTheEnumWorks(String order, String expected) throws Exception {
    ok(send("POST", "/namespaces", "{\"name\":\"b\",\"description\":\"3\"}"));
    ok(send("POST", "/namespaces", "{\"name\":\"c\",\"description\":\"1\"}"));
    ok(send("POST", "/namespaces", "{\"name\":\"a\",\"description\":\"2\"}"));

    assertEquals(
        List.of(expected.split(" ")),
        names(read("/namespaces?order_by=" + order).get("namespaces")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "order_by=status_asc",
        "order_by=region_asc",
        "order_by=name",
        "page=0",
        "page=x",
        "page_size=0",
        "page_size=101",
        "page_size=-1"
      })
  void aQueryThatTheEnumOrTheLimitsForbidIs400(String query) throws Exception {
    var response = get("/namespaces?" + query);

    assertEquals(400, response.statusCode());
    assertEquals("invalid_arguments", json(response).get("type").asText());
  }

  @Test
  void anEmptyListIsAnEmptyArrayAndZero() throws Exception {
    assertEquals("{\"namespaces\":[],\"total_count\":0}", get("/namespaces").body());
  }

  @Test
  void aDeletedNamespaceIsDeletingForTheGivenReadsAndTakesItsImagesAlong() throws Exception {
    emulator().setDeletionReads(2);
    String tag =
        emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A)).id();
    String image = emulator().addImage("shop/app");
    String path = "/namespaces/" + emulator().addNamespace("shop");

    JsonNode deleted = ok(delete(path));
    assertEquals("deleting", deleted.get("status").asText());
    assertEquals(1, deleted.get("image_count").asInt());
    assertEquals("deleting", ok(delete(path)).get("status").asText());
    assertEquals("deleting", read("/images/" + image).get("status").asText());

    assertEquals(404, get(path).statusCode());
    assertEquals(404, delete(path).statusCode());
    assertEquals(404, get("/images/" + image).statusCode());
    assertEquals(404, get("/tags/" + tag).statusCode());
  }

  @Test
  void aNameIsTakenUntilItsNamespaceIsGone() throws Exception {
    String path = "/namespaces/" + emulator().addNamespace("shop");
    ok(delete(path));

    assertEquals(400, send("POST", "/namespaces", "{\"name\":\"shop\"}").statusCode());
    assertThrows(IllegalStateException.class, () -> emulator().addImage("shop/app"));
    read(path);
    assertEquals(200, send("POST", "/namespaces", "{\"name\":\"shop\"}").statusCode());
  }

  @Test
  void regionsDoNotShareTheirState() throws Exception {
    String id = emulator().addNamespace("shop");
    String elsewhere = "/registry/v1/regions/it-mil/namespaces";
    var list = request("GET", "", "").uri(URI.create(scaleway.baseUrl() + elsewhere));
    var byId = request("GET", "", "").uri(URI.create(scaleway.baseUrl() + elsewhere + "/" + id));
    var malformed = request("GET", "", "")
        .uri(URI.create(scaleway.baseUrl() + "/registry/v1/regions/Paris1/namespaces"));

    assertEquals(0, ok(send(list)).get("total_count").asInt());
    assertEquals(404, send(byId).statusCode());
    assertEquals(400, send(malformed).statusCode());
  }

  @Test
  void onlyTheSecretKeyIsLetIn() throws Exception {
    var wrong = send(request("GET", "/namespaces", "").setHeader("X-Auth-Token", "nope"));

    assertEquals(401, wrong.statusCode());
    assertEquals("denied_authentication", json(wrong).get("type").asText());
  }

  @Test
  void everyAnswerHasARequestIdOfItsOwn() throws Exception {
    var first = get("/namespaces");
    var second = get("/nonsense");

    assertEquals(404, second.statusCode());
    assertFalse(first.headers().firstValue("Server").orElse("").isEmpty());
    assertNotEquals(
        first.headers().firstValue("X-Request-Id").orElseThrow(),
        second.headers().firstValue("X-Request-Id").orElseThrow());
    assertFalse(first.headers().map().containsKey("matched-stub-id"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      Content-Security-Policy | default-src 'none'; frame-ancestors 'none'
      Strict-Transport-Security | max-age=63072000
      X-Content-Type-Options | nosniff
      X-Frame-Options | DENY
      Content-Type | application/json
      """, quoteCharacter = '"')
  void everyAnswerHasTheRecordedHeadersOfTheGateway(String name, String value) throws Exception {
    String missing = "/namespaces/" + new UUID(1, 1);
    for (String path : List.of("/namespaces", missing)) {
      assertEquals(List.of(value), get(path).headers().allValues(name), path);
    }
  }

  @Test
  void twoEmulatorsFilledAlikeHaveTheSameIds() {
    try (ScalewayEmulator other = ScalewayEmulator.start()) {
      assertEquals(
          other.addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A)).id(),
          emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A)).id());
    }
  }
}
