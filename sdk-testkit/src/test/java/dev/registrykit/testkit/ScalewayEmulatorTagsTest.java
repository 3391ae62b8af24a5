package dev.registrykit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalewayEmulatorTagsTest extends ScalewayEmulatorTest {

  @Test
  void aTagIsAnsweredInTheRecordedShape() throws Exception {
    String id =
        emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A)).id();

    JsonNode tag = read("/tags/" + id);

    assertEquals(
        List.of("id", "name", "image_id", "status", "digest", "created_at", "updated_at"),
        fields(tag));
    assertEquals(DIGEST_A, tag.get("digest").asText());
    assertEquals(emulator().addImage("shop/app"), tag.get("image_id").asText());
  }

  @Test
  void givenTimesAreAnsweredRoundedToMicroseconds() throws Exception {
    Instant created = Instant.parse("2023-05-06T07:08:09.9999996Z");
    Instant updated = Instant.parse("2023-05-07T07:08:09Z");
    String id = emulator()
        .addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A).withDates(created, updated))
        .id();

    JsonNode tag = read("/tags/" + id);

    assertEquals("2023-05-06T07:08:10.000000Z", tag.get("created_at").asText());
    assertEquals("2023-05-07T07:08:09.000000Z", tag.get("updated_at").asText());
  }

  @ParameterizedTest
  @CsvSource({
    "created_at_asc, t-000000 t-000001 t-000002 a t-0 z old-name",
    "created_at_desc, old-name z t-0 a t-000002 t-000001 t-000000",
    "name_asc, a old-name t-0 t-000000 t-000001 t-000002 z",
    "name_desc, z t-000002 t-000001 t-000000 t-0 old-name a",
  })
  void everyOrderOfTheEnumMergesGeneratedAndOtherTags(String order, String expected)
      throws Exception {
    emulator().addTags("shop/app", 3);
    List.of("a", "t-0", "z", "old-name")
        .forEach(name -> emulator().addTag("shop/app", name, TagContent.ofDigest(DIGEST_A)));

    assertEquals(List.of(expected.split(" ")), allNames(order, 100));
    assertEquals(List.of(expected.split(" ")), allNames(order, 2));
  }

  @Test
  void pagesStayRightWhenGeneratedTagsGoAndMove() throws Exception {
    emulator().setDeletionReads(0);
    emulator().addTags("shop/app", 40);
    List<String> expected = new ArrayList<>(allNames("name_asc", 100));
    for (int index : new int[] {0, 7, 8, 9, 39}) {
      String name = expected.get(index);
      ok(delete("/tags/" + tagId(name)));
    }
    List.of(39, 9, 8, 7, 0).forEach(index -> expected.remove((int) index));
    emulator().addTags("shop/app", 2);
    expected.addAll(List.of("t-000040", "t-000041"));
    String moved = tagId("t-000020");
    assertEquals(
        moved,
        emulator().addTag("shop/app", "t-000020", TagContent.ofDigest(DIGEST_A)).id());

    assertEquals(expected, allNames("name_asc", 3));
    assertEquals(expected, emulator().tagNames("shop/app"));
    Collections.reverse(expected);
    assertEquals(expected, allNames("created_at_desc", 7));
    assertEquals(DIGEST_A, read("/tags/" + moved).get("digest").asText());
  }

  @Test
  void generatedTagsLeaveATagOfThatNameAsItIs() throws Exception {
    String id =
        emulator().addTag("shop/app", "t-000001", TagContent.ofDigest(DIGEST_A)).id();
    emulator().addTags("shop/app", 3);

    assertEquals(List.of("t-000001", "t-000000", "t-000002"), allNames("created_at_asc", 2));
    assertEquals(id, tagId("t-000001"));
  }

  @Test
  void theNameFilterIsExact() throws Exception {
    emulator().addTags("shop/app", 3);
    emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A));

    assertEquals(List.of("v1"), names(tags("?name=v1").get("tags")));
    assertEquals(List.of("t-000001"), names(tags("?name=t-000001").get("tags")));
    assertEquals(0, tags("?name=t-000003").get("total_count").asInt());
    assertEquals(0, tags("?name=v").get("total_count").asInt());
  }

  @Test
  void aServerMayShortenPagesSilently() throws Exception {
    emulator().addTags("shop/app", 5);
    emulator().faults().setMaxPageSize(2);

    JsonNode page = tags("?page_size=100&page=2");

    assertEquals(List.of("t-000002", "t-000003"), names(page.get("tags")));
    assertEquals(5, page.get("total_count").asInt());
  }

  @Test
  void aDeletedTagIsDeletingThenGone() throws Exception {
    String id =
        emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A)).id();
    emulator().addTag("shop/app", "v2", TagContent.ofDigest(DIGEST_B));

    JsonNode deleted = ok(delete("/tags/" + id));
    assertEquals("deleting", deleted.get("status").asText());
    assertEquals(30, deleted.get("updated_at").asText().length());
    assertEquals(27, deleted.get("created_at").asText().length());
    assertEquals(List.of("v2"), emulator().tagNames("shop/app"));
    assertEquals("deleting", tags("").get("tags").get(0).get("status").asText());
    assertEquals(404, get("/tags/" + id).statusCode());
    assertEquals(404, delete("/tags/" + id).statusCode());
    assertEquals(List.of("v2"), names(tags("").get("tags")));
  }

  @Test
  void aTagPushedAgainAfterItsDeletionIsAnotherTag() throws Exception {
    String id =
        emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A)).id();
    ok(delete("/tags/" + id));

    assertNotEquals(
        id, emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A)).id());
    assertEquals(404, get("/tags/" + id).statusCode());
  }

  @Test
  void aSharedDigestIsRefusedWithoutForceAndNothingChanges() throws Exception {
    String id =
        emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A)).id();
    emulator().addTag("shop/app", "latest", TagContent.ofDigest(DIGEST_A));
    emulator().addTag("shop/other", "v1", TagContent.ofDigest(DIGEST_A));

    var refused = delete("/tags/" + id);

    assertEquals(412, refused.statusCode());
    assertEquals("precondition_failed", json(refused).get("type").asText());
    assertEquals(List.of("v1", "latest"), emulator().tagNames("shop/app"));
  }

  @Test
  void theRefusalCanBeChangedOrSwitchedOff() throws Exception {
    String id =
        emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A)).id();
    emulator().addTag("shop/app", "latest", TagContent.ofDigest(DIGEST_A));

    emulator().faults().setSharedDigestRefusal(409, "{\"message\":\"shared\"}");
    var refused = delete("/tags/" + id + "?force=false");
    assertEquals(409, refused.statusCode());
    assertEquals("{\"message\":\"shared\"}", refused.body());

    emulator().faults().setSharedDigestRefused(false);
    ok(delete("/tags/" + id));
    assertEquals(List.of("latest"), emulator().tagNames("shop/app"));
  }

  @Test
  void forceTakesAllTagsOfTheDigest() throws Exception {
    emulator().addTags("shop/app", 2);
    String digest = tags("?name=t-000001").get("tags").get(0).get("digest").asText();
    String id = emulator().addTag("shop/app", "v1", TagContent.ofDigest(digest)).id();
    emulator().addTag("shop/app", "latest", TagContent.ofDigest(digest));

    assertEquals(412, delete("/tags/" + id).statusCode());
    ok(delete("/tags/" + id + "?force=true"));

    assertEquals(List.of("t-000000"), emulator().tagNames("shop/app"));
  }

  @Test
  void withoutEnforcedForceSiblingsGoWithoutAComplaint() throws Exception {
    emulator().faults().setForceEnforced(false);
    emulator().setDeletionReads(0);
    String id =
        emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A)).id();
    emulator().addTag("shop/app", "latest", TagContent.ofDigest(DIGEST_A));
    emulator().addTag("shop/app", "other", TagContent.ofDigest(DIGEST_B));

    assertEquals("v1", ok(delete("/tags/" + id)).get("name").asText());
    assertEquals(List.of("other"), emulator().tagNames("shop/app"));
  }

  @Test
  void forceMayLeaveTheSiblings() throws Exception {
    emulator().faults().setForceTakesSiblings(false);
    String id =
        emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A)).id();
    emulator().addTag("shop/app", "latest", TagContent.ofDigest(DIGEST_A));

    ok(delete("/tags/" + id + "?force=true"));

    assertEquals(List.of("latest"), emulator().tagNames("shop/app"));
  }

  @Test
  void anImageOutlivesItsLastTag() throws Exception {
    emulator().setDeletionReads(0);
    ok(delete("/tags/"
        + emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A)).id()));

    JsonNode image = read("/images/" + emulator().addImage("shop/app"));

    assertEquals(0, image.get("tags").size());
    assertEquals(0, image.get("size").asInt());
  }

  @Test
  void aMissingTagIs404() throws Exception {
    assertEquals(404, get("/tags/" + UUID.randomUUID()).statusCode());
    assertEquals(400, delete("/tags/v1").statusCode());
    String id =
        emulator().addTag("shop/app", "v1", TagContent.ofDigest(DIGEST_A)).id();
    assertEquals(400, delete("/tags/" + id + "?force=maybe").statusCode());
  }

  @Test
  void badFixturesAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> emulator().addTag("shop/app", "v1", TagContent.ofDigest("sha256:1")));
    assertThrows(
        IllegalArgumentException.class,
        () -> emulator().addTag("shop/app", "a b", TagContent.ofDigest(DIGEST_A)));
    assertThrows(IllegalArgumentException.class, () -> emulator().addNamespace("a_b"));
    assertThrows(IllegalArgumentException.class, () -> emulator().addTags("shop/app", 1_000_001));
  }

  @Test
  void requestsAreRecordedAsTheyWereSent() throws Exception {
    get("/images?name=team%2Fapp&page=1");
    send("POST", "/namespaces", "{\"name\":\"caf\u00e9\"}");

    List<RecordedRequest> requests = emulator().requests();

    assertEquals(2, emulator().requestCount());
    assertEquals("/registry/v1/regions/fr-par/images", requests.get(0).rawPath());
    assertEquals("name=team%2Fapp&page=1", requests.get(0).rawQuery());
    assertEquals("", requests.get(0).body());
    assertEquals(scaleway.secretKey(), requests.get(0).header("x-auth-token").orElseThrow());
    assertEquals(List.of(scaleway.secretKey()), requests.get(0).headers().get("X-AUTH-TOKEN"));
    assertEquals("POST", requests.get(1).method());
    assertEquals(null, requests.get(1).rawQuery());
    assertEquals("{\"name\":\"caf\u00e9\"}", requests.get(1).body());
    emulator().clearRequests();
    assertEquals(0, emulator().requestCount());
    assertEquals(List.of(), emulator().requests());
  }

  @Test
  void rawPathsKeepTheirEscapesAndDots() throws Exception {
    assertEquals(404, get("/images//tags").statusCode());
    assertEquals(400, get("/tags/a%2Fb").statusCode());
    get("/tags/../images");

    assertEquals(
        List.of("/images//tags", "/tags/a%2Fb", "/tags/../images"),
        emulator().requests().stream()
            .map(request -> request.rawPath().replace("/registry/v1/regions/fr-par", ""))
            .toList());
  }

  private JsonNode tags(String query) throws Exception {
    return read("/images/" + emulator().addImage("shop/app") + "/tags" + query);
  }

  private String tagId(String name) throws Exception {
    return tags("?name=" + name).get("tags").get(0).get("id").asText();
  }

  private List<String> allNames(String order, int pageSize) throws Exception {
    List<String> all = new ArrayList<>();
    for (int page = 1; ; page++) {
      String query = "?order_by=" + order + "&page_size=" + pageSize + "&page=" + page;
      List<String> names = names(tags(query).get("tags"));
      if (names.isEmpty()) {
        return all;
      }
      all.addAll(names);
    }
  }
}
