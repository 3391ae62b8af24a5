package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.BadRequestException;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.NotFoundException;
import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.ServerException;
import dev.registrykit.Status;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.RecordedRequest;
import dev.registrykit.testkit.TagContent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only Scaleway has: namespaces. */
class NamespacesTest extends ScalewayTest {

  private static final String PROJECT = "0a0b0c0d-0000-4000-8000-00000000000a";
  private static final String ORGANIZATION = "0a0b0c0d-0000-4000-8000-00000000000b";
  private static final ListNamespacesOptions ALL = ListNamespacesOptions.defaults();

  @Test
  void creatingSendsWhatIsSetAndNothingElse() {
    ScalewayNamespace namespace =
        registry.createNamespace(CreateNamespaceOptions.named("shop").withProjectId(PROJECT));

    assertSent("POST /namespaces");
    assertEquals(
        "{\"name\":\"shop\",\"project_id\":\"" + PROJECT + "\",\"is_public\":false}", body());
    assertEquals(Optional.of("application/json"), header("Content-Type"));
    assertEquals("shop", namespace.name());
    assertEquals(Status.READY, namespace.status());
    assertEquals(Optional.of(PROJECT), namespace.projectId());
    assertEquals(Optional.of("rg.fr-par.scw.cloud/shop"), namespace.endpoint());
    assertEquals(Optional.of(Visibility.PRIVATE), namespace.visibility());
    assertEquals(Optional.of("fr-par"), namespace.region());
    assertEquals(OptionalLong.of(0), namespace.imageCount());
    assertEquals(OptionalLong.of(0), namespace.sizeBytes());
  }

  @Test
  void creatingSendsDescriptionOwnerAndVisibility() {
    ScalewayNamespace namespace = registry.createNamespace(CreateNamespaceOptions.named("shop")
        .withDescription("caf\u00e9 \u2603")
        .withOrganizationId(ORGANIZATION)
        .withVisibility(Visibility.PUBLIC));

    assertEquals(
        text(
            "{\"name\":\"shop\",\"description\":\"caf\u00e9 \u2603\",",
            "\"organization_id\":\"" + ORGANIZATION + "\",\"is_public\":true}"),
        body());
    assertEquals(Optional.of("caf\u00e9 \u2603"), namespace.description());
    assertEquals(Optional.of(ORGANIZATION), namespace.organizationId());
    assertEquals(Optional.of(Visibility.PUBLIC), namespace.visibility());
  }

  @Test
  void theDefaultProjectOwnsANewNamespace() {
    try (ScalewayRegistry owned = builder().projectId(PROJECT).build()) {
      owned.createNamespace(CreateNamespaceOptions.named("shop"));
    }

    assertTrue(body().contains("\"project_id\":\"" + PROJECT + "\""), body());
  }

  @Test
  void theDefaultOrganizationOwnsItWhereThereIsNoProject() {
    try (ScalewayRegistry owned = builder().organizationId(ORGANIZATION).build()) {
      owned.createNamespace(CreateNamespaceOptions.named("shop"));
    }

    assertTrue(body().contains("\"organization_id\":\"" + ORGANIZATION + "\""), body());
    assertFalse(body().contains("project_id"), body());
  }

  @Test
  void theDefaultProjectWinsOverTheDefaultOrganization() {
    try (ScalewayRegistry owned =
        builder().organizationId(ORGANIZATION).projectId(PROJECT).build()) {
      owned.createNamespace(CreateNamespaceOptions.named("shop"));
    }

    assertTrue(body().contains("project_id"), body());
    assertFalse(body().contains("organization_id"), body());
  }

  @Test
  void anOwnerOfTheOptionsWinsOverBothDefaults() {
    try (ScalewayRegistry owned =
        builder().organizationId(ORGANIZATION).projectId(PROJECT).build()) {
      owned.createNamespace(CreateNamespaceOptions.named("shop").withOrganizationId(UNKNOWN_ID));
    }

    assertFalse(body().contains("project_id"), body());
    assertTrue(body().contains("\"organization_id\":\"" + UNKNOWN_ID + "\""), body());
  }

  @Test
  void twoOwnersContradictEachOther() {
    CreateNamespaceOptions options = CreateNamespaceOptions.named("shop").withProjectId(PROJECT);

    assertThrows(IllegalArgumentException.class, () -> options.withOrganizationId(ORGANIZATION));
  }

  @Test
  void aNamespaceWithoutAnOwnerIsRefusedBeforeAnythingIsSent() {
    CreateNamespaceOptions options = CreateNamespaceOptions.named("shop");

    assertThrows(IllegalArgumentException.class, () -> registry.createNamespace(options));
    assertNothingSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a_b", "a b", "a/b", ".", "..", "caf\u00e9", "a\n", "a.b"})
  void aNameThatTheServiceMisunderstandsIsRefusedBeforeAnythingIsSent(String name) {
    var nothing = UpdateNamespaceOptions.nothing().withVisibility(Visibility.PUBLIC);

    assertThrows(IllegalArgumentException.class, () -> CreateNamespaceOptions.named(name));
    assertThrows(IllegalArgumentException.class, () -> ALL.withName(name));
    assertThrows(IllegalArgumentException.class, () -> registry.getNamespace(name));
    assertThrows(IllegalArgumentException.class, () -> registry.updateNamespace(name, nothing));
    assertThrows(IllegalArgumentException.class, () -> registry.deleteNamespace(name));
    assertNothingSent();
  }

  @Test
  void aNameOf256CharactersIsRefused() {
    CreateNamespaceOptions.named("a".repeat(255));

    assertThrows(
        IllegalArgumentException.class, () -> CreateNamespaceOptions.named("a".repeat(256)));
  }

  @Test
  void aNameThatIsTakenIsABadRequest() {
    emulator.addNamespace("shop");

    var failure = assertThrows(
        BadRequestException.class,
        () ->
            registry.createNamespace(CreateNamespaceOptions.named("shop").withProjectId(PROJECT)));

    assertEquals(400, failure.statusCode());
    assertEquals(
        "create namespace shop failed: HTTP 400: Namespace already exist (request-id "
            + failure.requestId().orElseThrow()
            + ")",
        failure.getMessage());
  }

  @Test
  void creatingAndChangingAreNeverRepeated() {
    String id = emulator.addNamespace("shop");
    emulator.failNext("POST", "", 1, Fault.status(503));
    emulator.failNext("PATCH", "", 1, Fault.status(503));

    assertThrows(
        ServerException.class,
        () ->
            registry.createNamespace(CreateNamespaceOptions.named("blog").withProjectId(PROJECT)));
    assertThrows(
        ServerException.class,
        () -> registry
            .byId()
            .updateNamespace(
                id, UpdateNamespaceOptions.nothing().withVisibility(Visibility.PUBLIC)));
    assertSent("POST /namespaces", "PATCH /namespaces/" + id);
    assertEquals(List.of(), time.sleeps());
  }

  @Test
  void allAreListedOldestFirst() {
    emulator.addNamespace("b");
    emulator.addNamespace("a");

    assertEquals(List.of("b", "a"), names(registry.listNamespaces()));
    assertSent("GET /namespaces" + FIRST_PAGE);
  }

  @ParameterizedTest
  @CsvSource({
    "CREATED_AT_ASC, created_at_asc, b a c",
    "CREATED_AT_DESC, created_at_desc, c a b",
    "DESCRIPTION_ASC, description_asc, c b a",
    "DESCRIPTION_DESC, description_desc, a b c",
    "NAME_ASC, name_asc, a b c",
    "NAME_DESC, name_desc, c b a"
  })
  void allSixOrdersAreTheServers(NamespaceOrder order, String orderBy, String expected) {
    describe(emulator.addNamespace("b"), "2");
    describe(emulator.addNamespace("a"), "3");
    describe(emulator.addNamespace("c"), "1");
    emulator.clearRequests();

    List<String> names = names(registry.listNamespaces(ALL.withOrder(order)));

    assertEquals(List.of(expected.split(" ")), names);
    assertSent("GET /namespaces?page=1&page_size=100&order_by=" + orderBy);
  }

  private void describe(String id, String description) {
    registry
        .byId()
        .updateNamespace(id, UpdateNamespaceOptions.nothing().withDescription(description));
  }

  @Test
  void everyFilterIsSent() {
    emulator.addNamespace("shop");

    List<String> names = names(registry.listNamespaces(ALL.withName("shop")
        .withProjectId(emulator.projectId())
        .withOrganizationId(emulator.organizationId())
        .withPageSize(7)));

    assertEquals(List.of("shop"), names);
    assertSent(text(
        "GET /namespaces?page=1&page_size=7&order_by=created_at_asc&organization_id=",
        emulator.organizationId(),
        "&project_id=",
        emulator.projectId(),
        "&name=shop"));
  }

  @Test
  void theDefaultProjectIsNoFilter() {
    try (ScalewayRegistry owned =
        builder().projectId(PROJECT).organizationId(ORGANIZATION).build()) {
      owned.listNamespaces().toList();
      owned.listScalewayImages(ScalewayImageFilter.defaults()).toList();
    }

    assertSent("GET /namespaces" + FIRST_PAGE, "GET /images" + FIRST_PAGE);
  }

  @Test
  void namespacesOfOthersAreFilteredOut() {
    emulator.addNamespace("shop");

    assertEquals(List.of(), names(registry.listNamespaces(ALL.withProjectId(PROJECT))));
  }

  @Test
  void theyComePageByPageAndResume() {
    for (int i = 0; i < 5; i++) {
      emulator.addNamespace("n" + i);
    }
    Page<ScalewayNamespace> first = registry.listNamespaces(ALL.withPageSize(2)).firstPage();
    PageCursor cursor = first.nextCursor().orElseThrow();

    List<String> rest = names(registry.listNamespaces(ALL.withPageSize(2).withCursor(cursor)));

    assertEquals(List.of("n2", "n3", "n4"), rest);
    assertEquals(OptionalLong.of(5), first.totalCount());
    assertEquals(3, emulator.requestCount());
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.listNamespaces(ALL.withPageSize(3).withCursor(cursor)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 101})
  void pageSizesOutsideTheLimitsAreRefused(int size) {
    assertThrows(IllegalArgumentException.class, () -> ALL.withPageSize(size));
    assertThrows(
        IllegalArgumentException.class, () -> ScalewayImageFilter.defaults().withPageSize(size));
  }

  @Test
  void oneIsReadByItsName() {
    emulator.addNamespace("shopping");
    String id = emulator.addNamespace("shop");

    assertEquals(id, registry.getNamespace("shop").id());
    assertSent(lookUpNamespace("shop"));
  }

  @Test
  void oneIsReadByItsIdentifier() {
    String id = emulator.addNamespace("shop");
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    emulator.setImageSize("shop/app", 3_000_000_000L);

    ScalewayNamespace namespace = registry.byId().getNamespace(id);

    assertEquals("shop", namespace.name());
    assertEquals(OptionalLong.of(3_000_000_000L), namespace.sizeBytes());
    assertEquals(OptionalLong.of(1), namespace.imageCount());
    assertSent("GET /namespaces/" + id);
  }

  @Test
  void aMissingNameIsNotFound() {
    var failure = assertThrows(NotFoundException.class, () -> registry.getNamespace("shop"));

    assertEquals("get namespace shop failed: there is no such namespace", failure.getMessage());
    assertEquals(0, failure.statusCode());
  }

  @Test
  void aMissingIdentifierIsNotFound() {
    var failure =
        assertThrows(NotFoundException.class, () -> registry.byId().getNamespace(UNKNOWN_ID));

    assertEquals(404, failure.statusCode());
    assertEquals(
        text(
            "get namespace " + UNKNOWN_ID + " failed: HTTP 404: Namespace was not found ",
            "(request-id " + failure.requestId().orElseThrow() + ")"),
        failure.getMessage());
  }

  @Test
  void aChangeSendsOnlyWhatChanges() {
    String id = emulator.addNamespace("shop");

    registry
        .byId()
        .updateNamespace(id, UpdateNamespaceOptions.nothing().withVisibility(Visibility.PUBLIC));
    assertEquals("{\"is_public\":true}", body());

    registry.byId().updateNamespace(id, UpdateNamespaceOptions.nothing().withDescription("d"));
    assertEquals("{\"description\":\"d\"}", body());

    registry.byId().updateNamespace(id, UpdateNamespaceOptions.nothing().withDescription(""));
    assertEquals("{\"description\":\"\"}", body());

    ScalewayNamespace namespace = registry
        .byId()
        .updateNamespace(
            id,
            UpdateNamespaceOptions.nothing()
                .withDescription("e")
                .withVisibility(Visibility.PRIVATE));
    assertEquals("{\"description\":\"e\",\"is_public\":false}", body());
    assertEquals(Optional.of("e"), namespace.description());
    assertEquals(Optional.of(Visibility.PRIVATE), namespace.visibility());
  }

  @Test
  void aNamespaceInheritsFromNobody() {
    for (Visibility none : List.of(Visibility.INHERIT, Visibility.of("secret"))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> UpdateNamespaceOptions.nothing().withVisibility(none));
      assertThrows(
          IllegalArgumentException.class,
          () -> CreateNamespaceOptions.named("shop").withVisibility(none));
    }
  }

  @Test
  void whatTheRegistryDoesNotSayOfAVisibilityIsEmpty() {
    answerNext("{\"id\":\"" + UNKNOWN_ID + "\",\"name\":\"shop\"}");

    assertEquals(Optional.empty(), registry.byId().getNamespace(UNKNOWN_ID).visibility());
  }

  @Test
  void aChangeByNameLooksTheNameUpOnce() {
    String id = emulator.addNamespace("shop");

    registry.updateNamespace(
        "shop", UpdateNamespaceOptions.nothing().withVisibility(Visibility.PUBLIC));
    registry.updateNamespace(
        "shop", UpdateNamespaceOptions.nothing().withVisibility(Visibility.PRIVATE));

    assertSent(lookUpNamespace("shop"), "PATCH /namespaces/" + id, "PATCH /namespaces/" + id);
  }

  @Test
  void aChangeOfNothingIsRefusedBeforeAnythingIsSent() {
    UpdateNamespaceOptions nothing = UpdateNamespaceOptions.nothing();

    assertThrows(IllegalArgumentException.class, () -> registry.updateNamespace("shop", nothing));
    assertThrows(
        IllegalArgumentException.class, () -> registry.byId().updateNamespace(UNKNOWN_ID, nothing));
    assertNothingSent();
  }

  @Test
  void aDeletionIsAcceptedAndTheNamespaceOnItsWayOut() {
    String id = emulator.addNamespace("shop");
    emulator.addImage("shop/app");

    DeleteResult result = registry.deleteNamespace("shop");

    assertEquals(DeleteResult.of(DeleteOutcome.ACCEPTED, null), result);
    assertSent(lookUpNamespace("shop"), "DELETE /namespaces/" + id);
    assertEquals(Status.DELETING, registry.byId().getNamespace(id).status());
  }

  @Test
  void oneIsDeletedByItsIdentifier() {
    String id = emulator.addNamespace("shop");

    DeleteResult result = registry.byId().deleteNamespace(id);

    assertEquals(DeleteResult.of(DeleteOutcome.ACCEPTED, null), result);
    assertSent("DELETE /namespaces/" + id);
  }

  @Test
  void aLostAnswerToADeletionIsNoError() {
    emulator.setDeletionReads(0);
    DeleteResult done = DeleteResult.of(DeleteOutcome.ALREADY_ABSENT, null);

    emulator.addNamespace("shop");
    emulator.failNext("DELETE", "/namespaces/", 1, Fault.lostAnswer());
    assertEquals(done, registry.deleteNamespace("shop"));

    String id = emulator.addNamespace("blog");
    emulator.failNext("DELETE", "/namespaces/", 1, Fault.lostAnswer());
    assertEquals(done, registry.byId().deleteNamespace(id));
  }

  @Test
  void deletingAMissingOneIsNotFound() {
    assertThrows(NotFoundException.class, () -> registry.deleteNamespace("shop"));
    assertThrows(NotFoundException.class, () -> registry.byId().deleteNamespace(UNKNOWN_ID));
  }

  @Test
  void valuesAreEqualIfAllTheirPartsAre() {
    emulator.addNamespace("shop");
    ScalewayNamespace before = registry.getNamespace("shop");

    assertEquals(before, registry.getNamespace("shop"));
    assertEquals(before.hashCode(), registry.getNamespace("shop").hashCode());
    assertNotEquals(
        before,
        registry.updateNamespace(
            "shop", UpdateNamespaceOptions.nothing().withVisibility(Visibility.PUBLIC)));
  }

  private String body() {
    return last().body();
  }

  private Optional<String> header(String name) {
    return last().header(name);
  }

  private RecordedRequest last() {
    return emulator.requests().get(emulator.requests().size() - 1);
  }

  private static List<String> names(PagedIterable<ScalewayNamespace> namespaces) {
    return namespaces.stream().map(ScalewayNamespace::name).toList();
  }
}
