package dev.registrykit.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.BadRequestException;
import dev.registrykit.ConflictException;
import dev.registrykit.Image;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.GithubEmulator.TokenKind;
import dev.registrykit.testkit.RecordedRequest;
import dev.registrykit.testkit.TagContent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading and listing images and tags. */
class ReadingTest extends GithubTest {

  private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

  // Whose images they are

  @Test
  void anOrganisationIsAskedForOnce() {
    use(builderThatAsks("octo-org"));

    registry.listImages().toList();
    registry.listImages().toList();

    String list = "GET /orgs/octo-org/packages?package_type=container&page=1&per_page=100";
    assertSent("GET /users/octo-org", list, list);
  }

  @Test
  void theTokensOwnImagesAreThoseOfTheUser() {
    emulator.addTag("octo-user/tool", "1.0");
    use(builderThatAsks("octo-user"));

    assertEquals(List.of("octo-user/tool"), paths());

    assertSent(
        "GET /users/octo-user",
        "GET /user",
        "GET /user/packages?package_type=container&page=1&per_page=100");
  }

  @Test
  void anotherUsersImagesAreThoseOfThatUser() {
    emulator.addAccount("somebody", false);
    emulator.addTag("somebody/tool", "1.0");
    use(builderThatAsks("somebody"));

    assertEquals(List.of("somebody/tool"), paths());

    assertSent(
        "GET /users/somebody",
        "GET /user",
        "GET /users/somebody/packages?package_type=container&page=1&per_page=100");
  }

  /** Its question would be answered with 403. */
  @Test
  void aTokenWithoutAUserIsNotAskedWhoseItIs() {
    emulator.addTag("octo-user/tool", "1.0");
    use(builderThatAsks("octo-user").token(emulator.token(TokenKind.WORKFLOW)));

    assertEquals(1, registry.listTags(ImageRef.of("octo-user/tool")).toList().size());

    assertSent(
        "GET /users/octo-user",
        "GET /users/octo-user/packages/container/tool/versions?page=1&per_page=100");
  }

  @Test
  void anOwnerThatIsNotThereIsNoMissingImage() {
    use(builderThatAsks("nobody"));

    NotFoundException e =
        assertThrows(NotFoundException.class, () -> registry.getImage(ImageRef.of("nobody/app")));

    assertEquals(NotFoundException.class, e.getClass());
    assertTrue(e.getMessage().contains("no such account"), e::getMessage);
  }

  private GithubRegistryBuilder builderThatAsks(String owner) {
    return GithubRegistry.builder()
        .owner(owner)
        .token(emulator.token(TokenKind.CLASSIC))
        .baseUrl(emulator.baseUrl().toString())
        .registryUrl(emulator.baseUrl().toString())
        .httpOptions(httpOptions())
        .time(time);
  }

  private List<String> paths() {
    return registry.listImages().stream().map(image -> image.ref().path()).toList();
  }

  // Images

  @Test
  void aRequestHasTheVersionOfTheApiAndTheToken() {
    emulator.addTag(PATH, "1.0");

    registry.getImage(APP);

    RecordedRequest request = emulator.requests().get(0);
    assertEquals("GET /orgs/octo-org/packages/container/app", request.toString());
    assertEquals(Optional.of("2026-03-10"), request.header("X-GitHub-Api-Version"));
    assertEquals(Optional.of("application/vnd.github+json"), request.header("Accept"));
    assertEquals(
        Optional.of("Bearer " + emulator.token(TokenKind.CLASSIC)),
        request.header("Authorization"));
    assertTrue(request.header("User-Agent").orElseThrow().contains("registrykit-github"));
  }

  @Test
  void theSlashesOfANameAreEscaped() {
    emulator.addTag("octo-org/charts/web/api", "1.0");

    Image image = registry.getImage(ImageRef.of("octo-org/charts/web/api"));
    registry.deleteImage(
        ImageRef.of("octo-org/charts/web/api"), dev.registrykit.DeleteOptions.defaults());

    assertEquals("octo-org/charts/web/api", image.ref().path());
    assertSent(
        "GET /orgs/octo-org/packages/container/charts%2Fweb%2Fapi",
        "DELETE /orgs/octo-org/packages/container/charts%2Fweb%2Fapi");
    assertEquals(List.of(), paths());
  }

  @Test
  void namesOfImagesAreOfLowerCase() {
    emulator.addTag(PATH, "1.0");

    assertEquals(APP, registry.getImage(ImageRef.of("Octo-Org/App")).ref());
    assertEquals(APP, registry.getImage(ImageRef.of("octo-org/app")).ref());
  }

  @ParameterizedTest
  @ValueSource(strings = {"app", "octo-user/app", "octo-org/-app", "octo-org/a_b_/x"})
  void whatCannotBeAnImageHereIsRefusedUnsent(String path) {
    assertThrows(IllegalArgumentException.class, () -> registry.getImage(ImageRef.of(path)));
    assertSent();
  }

  @Test
  void aWorkflowsTokenHearsThatItCannotListImages() {
    use(builder(TokenKind.WORKFLOW));

    BadRequestException e = assertThrows(BadRequestException.class, this::paths);

    assertTrue(
        e.getMessage().contains("the token of a workflow (ghs_…) cannot list packages"),
        e::getMessage);
  }

  @Test
  void aMissingImageIsMissingByGithubsWord() {
    assertThrows(ImageNotFoundException.class, () -> registry.getImage(APP));
    assertThrows(ImageNotFoundException.class, () -> registry.listTags(APP).toList());
    assertThrows(
        ImageNotFoundException.class,
        () -> registry.deleteImage(APP, dev.registrykit.DeleteOptions.defaults()));
  }

  /** Such a 404 is about the address, and not about what may be there. */
  @Test
  void aWrongAddressIsNoMissingImage() {
    emulator.addTag(PATH, "1.0");
    use(builder().baseUrl(emulator.baseUrl() + "/api/v3"));

    NotFoundException e = assertThrows(NotFoundException.class, () -> registry.getImage(APP));

    assertEquals(NotFoundException.class, e.getClass());
    assertTrue(e.getMessage().contains("does not prove"), e::getMessage);
  }

  @Test
  void anotherPackageThanAskedForIsRefused() {
    emulator.failNext(
        Fault.json(
            200,
            "{\"id\":1,\"name\":\"other\",\"created_at\":\"2024-01-01T00:00:00Z\",\"updated_at\":\"2024-01-01T00:00:00Z\"}"));

    assertThrows(InvalidResponseException.class, () -> registry.getImage(APP));
  }

  // Tags

  @Test
  void aTagHasTheDatesAndTheIdentifierOfItsVersion() {
    String digest = emulator
        .addTag(PATH, "1.0", TagContent.of("one").withDates(NOON, NOON.plusSeconds(60)))
        .digest();

    Tag tag = registry.getTag(APP, "1.0");

    assertEquals(
        Tag.builder(APP, "1.0")
            .digest(digest)
            .createdAt(NOON)
            .updatedAt(NOON.plusSeconds(60))
            .providerId(idOf(digest) + ":1.0")
            .build(),
        tag);
    assertSent(LIST, "HEAD " + MANIFESTS + "1.0");
    assertEquals(List.of(tag), registry.listTags(APP).toList());
  }

  @Test
  void tagsOfOneVersionAreAllListedAndVersionsWithoutTagsAreNot() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.moveTag(PATH, "1", digest);
    emulator.moveTag(PATH, "latest", digest);
    emulator.pushImage(PATH, null, "untagged", null);

    List<Tag> tags = registry.listTags(APP).toList();

    assertEquals(Set.of("1.0", "1", "latest"), names(tags));
    assertEquals(3, tags.size());
  }

  private static Set<String> names(List<Tag> tags) {
    return new TreeSet<>(tags.stream().map(Tag::name).toList());
  }

  @Test
  void whereTheListIsOldTheRegistryIsRight() {
    emulator.addTag(PATH, "prod", TagContent.of("old"));
    emulator.faults().setListLag(Duration.ofSeconds(10));
    time.advance(Duration.ofMinutes(1));
    String now = emulator.addTag(PATH, "prod", TagContent.of("new")).digest();

    assertEquals(Optional.of(now), registry.getTag(APP, "prod").digest());

    assertTrue(time.slept().compareTo(Duration.ofSeconds(70)) > 0, time.slept()::toString);
  }

  @Test
  void aTagThatIsGoneIsMissingThoughTheListShowsIt() {
    emulator.addTag(PATH, "1.0");
    emulator.addTag(PATH, "2.0");
    emulator.faults().setListLag(Duration.ofHours(1));
    registry.close();
    emulator.faults().setListLag(Duration.ZERO);
    registry = builder().build();
    registry.deleteTag(APP, "1.0");

    assertThrows(TagNotFoundException.class, () -> registry.getTag(APP, "1.0"));
    assertEquals(Optional.empty(), registry.findTag(APP, "1.0"));
  }

  @Test
  void aTagWhoseVersionIsNeverListedIsNoTagWithoutDates() {
    emulator.addTag(PATH, "1.0");
    emulator.faults().setListLag(Duration.ofHours(1));
    emulator.addTag(PATH, "2.0");

    ConflictException e = assertThrows(ConflictException.class, () -> registry.getTag(APP, "2.0"));

    assertTrue(e.getMessage().contains("list of versions"), e::getMessage);
  }

  /** GitHub's word for what a token may not see is the word for what is not there. */
  @Test
  void whatTheRegistryHasIsNotMissingThoughTheApiSaysSo() {
    emulator.addTag(PATH, "1.0");
    Fault hidden = Fault.json(
        404,
        "{\"message\":\"Package not found.\",\"documentation_url\":\"https://docs.github.com/rest/packages/packages\"}");
    emulator.failNext("GET", VERSIONS + "$", 2, hidden);

    PermissionDeniedException e =
        assertThrows(PermissionDeniedException.class, () -> registry.findTag(APP, "1.0"));

    assertTrue(e.getMessage().contains("may not see it"), e::getMessage);
    assertThrows(
        PermissionDeniedException.class,
        () -> registry.deleteTag(
            APP, "1.0", dev.registrykit.DeleteOptions.defaults().ignoringMissing()));
  }

  // Pages

  @ParameterizedTest
  @CsvSource({"true, 100", "false, 100", "true, 7"})
  void everyTagIsListedWhateverTheServerSaysOfItsPages(boolean hasLinks, int size) {
    IntStream.range(0, 230).forEach(i -> emulator.addTag(PATH, "v" + i));
    emulator.faults().setLinks(hasLinks);
    emulator.faults().setMaxPageSize(size);

    List<Tag> tags = registry.listTags(APP).toList();

    assertEquals(230, new HashSet<>(tags).size());
    assertEquals(230, tags.size());
    assertEquals((230 + size - 1) / size, sent().size());
  }

  /** Without links only another request tells. */
  @Test
  void aFullPageWithoutLinksIsFollowedByAnother() {
    IntStream.range(0, 100).forEach(i -> emulator.addTag(PATH, "v" + i));
    emulator.faults().setLinks(false);

    assertEquals(100, registry.listTags(APP).toList().size());

    assertSent(LIST, "GET " + VERSIONS + "?page=2&per_page=100");
  }

  @Test
  void aServerThatIgnoresPageNumbersIsNotAskedForEver() {
    IntStream.range(0, 150).forEach(i -> emulator.addTag(PATH, "v" + i));
    emulator.faults().setPageNumbersIgnored(true);

    assertThrows(InvalidResponseException.class, () -> registry.listTags(APP).toList());

    assertEquals(2, sent().size());
  }

  @Test
  void aTagIsLookedForNoFurtherThanItsPage() {
    IntStream.range(0, 150).forEach(i -> emulator.addTag(PATH, "v" + i));

    registry.getTag(APP, "v149");

    assertSent(LIST, "HEAD " + MANIFESTS + "v149");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":1,\"name\":\"app\",\"created_at\":\"2024-01-01T00:00:00Z\",\"updated_at\":\"2024-01-01T00:00:00Z\",\"metadata\":{\"container\":{\"tags\":[]}}}",
        "{\"id\":1,\"name\":\"sha256:0000000000000000000000000000000000000000000000000000000000000000\",\"created_at\":\"2024-01-01T00:00:00Z\",\"updated_at\":\"2024-01-01T00:00:00Z\"}",
        "{\"id\":1,\"name\":\"sha256:0000000000000000000000000000000000000000000000000000000000000000\",\"created_at\":\"yesterday\",\"updated_at\":\"2024-01-01T00:00:00Z\",\"metadata\":{\"container\":{\"tags\":[]}}}",
        "{\"name\":\"sha256:0000000000000000000000000000000000000000000000000000000000000000\",\"created_at\":\"2024-01-01T00:00:00Z\",\"updated_at\":\"2024-01-01T00:00:00Z\",\"metadata\":{\"container\":{\"tags\":[]}}}"
      })
  void aVersionThatIsNoneIsRefused(String version) {
    emulator.failNext(Fault.json(200, "[" + version + "]"));

    assertThrows(InvalidResponseException.class, () -> registry.listTags(APP).toList());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      "id":0             | without id
      "id":-1            | without id
      "name":"latest"    | is no digest
      "name":" "         | without name
      "created_at":null  | created_at of version 7 is no date
      "updated_at":"now" | updated_at of version 7 is no date
      "deleted_at":"now" | deleted_at of version 7 is no date
      "metadata":{}      | without its tags
      "metadata":{"container":{"tags":[null]}} | with a tag of no name
      "metadata":{"container":{"tags":[" "]}}  | with a tag of no name
      """)
  void whatIsWrongWithAVersionIsSaid(String field, String why) {
    String digest = "sha256:" + "0".repeat(64);
    // The last of two fields of one name is read.
    emulator.failNext(Fault.json(200, """
        [{"id":7,"name":"%s","created_at":"2024-01-01T00:00:00Z",
          "updated_at":"2024-01-01T00:00:00Z","metadata":{"container":{"tags":["1.0"]}},%s}]
        """.formatted(digest, field)));

    InvalidResponseException e = assertThrows(
        InvalidResponseException.class, () -> registry.listTags(APP).toList());

    assertTrue(e.getMessage().contains(why), e::getMessage);
  }

  @Test
  void aListThatIsNullIsNoEmptyOne() {
    emulator.failNext(Fault.json(200, "null"));

    assertThrows(InvalidResponseException.class, () -> registry.listTags(APP).toList());
  }

  @Test
  void anotherVersionThanAskedForIsRefused() {
    String digest = emulator.addTag(PATH, "1.0").digest();
    emulator.addTag(PATH, "2.0");
    emulator.failNext(
        "GET", VERSIONS + "/" + idOf(digest), 1, Fault.json(200, """
        {"id":7,"name":"%s","created_at":"2024-01-01T00:00:00Z",
         "updated_at":"2024-01-01T00:00:00Z","metadata":{"container":{"tags":["1.0"]}}}
        """.formatted(digest)));

    InvalidResponseException e =
        assertThrows(InvalidResponseException.class, () -> registry.deleteTag(APP, "1.0"));

    assertTrue(e.getMessage().contains("another version than asked for"), e::getMessage);
    assertEquals(2, emulator.tagNames(PATH).size());
  }

  @Test
  void noMorePagesAreReadThanTheOptionsAllow() {
    IntStream.range(0, 3).forEach(i -> emulator.addTag(PATH, "v" + i));
    emulator.faults().setMaxPageSize(1);
    use(builder().httpOptions(httpOptions().withMaxPages(2)));

    assertEquals(Optional.of("v2"), registry.findTag(APP, "v2").map(Tag::name));
    InvalidResponseException e =
        assertThrows(InvalidResponseException.class, () -> registry.findTag(APP, "v0"));

    assertTrue(e.getMessage().contains("more than 2 pages"), e::getMessage);
    assertEquals(3, sent().stream().filter(line -> line.contains("?page=")).count());
  }

  /** As the last page it would end a list that may have more. */
  @Test
  void aPageOfNothingButNullIsNoEmptyList() {
    emulator.addTag(PATH, "1.0");
    emulator.failNext(Fault.json(200, "[null]"));

    assertThrows(InvalidResponseException.class, () -> registry.listTags(APP).toList());
    assertEquals(1, registry.listTags(APP).toList().size());
  }

  @Test
  void fieldsThatAreNewAndEntriesThatAreNullHarmNothing() {
    emulator.failNext(
        Fault.json(
            200,
            "[null,{\"id\":1259730685,\"name\":\"sha256:0000000000000000000000000000000000000000000000000000000000000000\","
                + "\"created_at\":\"2024-01-01T00:00:00Z\",\"updated_at\":\"2024-01-01T00:00:00Z\",\"new\":{\"a\":[1]},"
                + "\"metadata\":{\"package_type\":\"container\",\"container\":{\"tags\":[\"1.0\"],\"new\":1}}}]"));

    List<Tag> tags = registry.listTags(APP, ListTagsOptions.defaults()).toList();

    assertEquals(Optional.of("1259730685:1.0"), tags.get(0).providerId());
  }
}
