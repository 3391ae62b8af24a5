package dev.registrykit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalewayEmulatorImagesTest extends ScalewayEmulatorTest {

  @Test
  void anImageIsAnsweredInTheRecordedShapeWithItsFiveNewestTags() throws Exception {
    emulator().addTags("shop/team/app", 6);
    emulator().addTag("shop/team/app", "newest", TagContent.ofDigest(DIGEST_A));
    String id = emulator().addImage("shop/team/app");

    JsonNode image = read("/images/" + id);

    assertEquals(
        List.of(
            "id",
            "name",
            "namespace_id",
            "status",
            "status_message",
            "visibility",
            "size",
            "created_at",
            "updated_at",
            "tags"),
        fields(image));
    assertEquals("inherit", image.get("visibility").asText());
    assertEquals(
        List.of("newest", "t-000005", "t-000004", "t-000003", "t-000002"),
        names(image.get("tags")));
  }

  @Test
  void sizesBeyondTwoGibibytesAreNumbers() throws Exception {
    String id = emulator().addImage("shop/app");
    emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A));
    emulator().setImageSize("shop/app", 5_000_000_000L);

    assertEquals(5_000_000_000L, read("/images/" + id).get("size").longValue());
    assertEquals(
        5_000_000_000L,
        read("/namespaces?name=shop").get("namespaces").get(0).get("size").longValue());
  }

  @Test
  void filtersAreExactAndCombine() throws Exception {
    emulator().addImage("shop/team/app");
    emulator().addImage("shop/team/app2");
    emulator().addImage("other/team/app");
    String shop = emulator().addNamespace("shop");

    assertEquals(2, read("/images?name=team%2Fapp").get("total_count").asInt());
    JsonNode found = read("/images?name=team%2Fapp&namespace_id=" + shop);
    assertEquals(1, found.get("total_count").asInt());
    assertEquals(shop, found.get("images").get(0).get("namespace_id").asText());
    assertEquals(0, read("/images?name=TEAM/app").get("total_count").asInt());
    assertEquals(
        3,
        read("/images?project_id=" + emulator().projectId()).get("total_count").asInt());
    assertEquals(0, read("/images?organization_id=" + shop).get("total_count").asInt());
  }

  @ParameterizedTest
  @CsvSource({
    "created_at_asc, b a c",
    "created_at_desc, c a b",
    "name_asc, a b c",
    "name_desc, c b a",
  })
  void everyOrderOfTheEnumWorks(String order, String expected) throws Exception {
    List.of("b", "a", "c").forEach(name -> emulator().addImage("shop/" + name));

    assertEquals(
        List.of(expected.split(" ")), names(read("/images?order_by=" + order).get("images")));
  }

  @Test
  void theDefaultPageHasFiftyItemsAndAPageBeyondTheEndNone() throws Exception {
    for (int i = 0; i < 51; i++) {
      emulator().addImage("shop/app-" + i);
    }

    JsonNode first = read("/images");
    JsonNode beyond = read("/images?page=2147483647&page_size=100");

    assertEquals(50, first.get("images").size());
    assertEquals(51, first.get("total_count").asInt());
    assertEquals(1, read("/images?page=2").get("images").size());
    assertEquals(0, beyond.get("images").size());
    assertEquals(51, beyond.get("total_count").asInt());
  }

  @Test
  void visibilityCanBeChanged() throws Exception {
    String path = "/images/" + emulator().addImage("shop/app");

    assertEquals(
        "public",
        ok(send("PATCH", path, "{\"visibility\":\"public\"}")).get("visibility").asText());
    assertEquals(400, send("PATCH", path, "{\"visibility\":\"secret\"}").statusCode());
    assertEquals("public", read(path).get("visibility").asText());
  }

  @Test
  void aDeletedImageStaysListedAndCountedWhileItIsDeleting() throws Exception {
    emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A));
    String path = "/images/" + emulator().addImage("shop/app");
    String namespace = "/namespaces/" + emulator().addNamespace("shop");
    long size = read(namespace).get("size").longValue();

    JsonNode deleted = ok(delete(path));
    JsonNode during = read(namespace);
    JsonNode listed = read("/images").get("images").get(0);

    assertEquals("deleting", deleted.get("status").asText());
    assertEquals(List.of("v1"), names(deleted.get("tags")));
    assertEquals("ready", during.get("status").asText());
    assertEquals(1, during.get("image_count").asInt());
    assertEquals(size, during.get("size").longValue());
    assertEquals("deleting", listed.get("status").asText());
    assertEquals(404, get(path).statusCode());
    assertEquals(404, get(path + "/tags").statusCode());
    assertEquals(0, read(namespace).get("image_count").asInt());
  }

  @Test
  void aMissingImageIs404AndAMalformedId400() throws Exception {
    assertEquals(404, get("/images/" + UUID.randomUUID()).statusCode());
    assertEquals(400, get("/images/app").statusCode());
    assertEquals(404, delete("/images/").statusCode());
    assertEquals(405, send("POST", "/images", "{}").statusCode());
  }
}
