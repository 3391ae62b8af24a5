package dev.registrykit.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ErrorDetails;
import dev.registrykit.Feature;
import dev.registrykit.ImageInUseException;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.RateLimitException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.SharedDigestException;
import dev.registrykit.Status;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.TagInUseException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.TagOrder;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.WaitOptions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the contract does not say: preparing the registry and making it poorer. */
class InMemoryRegistryTest {

  private static final ImageRef APP = ImageRef.of("ns/app");
  private static final String A = "sha256:" + "a".repeat(64);
  private static final String B = "sha256:" + "b".repeat(64);
  private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");
  private static final DeleteOptions STRICT = DeleteOptions.defaults();

  private static final ListTagsOptions FULL = ListTagsOptions.defaults().withDetail(TagDetail.FULL);

  private final InMemoryRegistry registry = InMemoryRegistry.create();

  private static RateLimitException rateLimited() {
    return new RateLimitException(
        ErrorDetails.builder("list tags of ns/app").statusCode(429).build());
  }

  @Test
  void hasEveryAbilityUnlessToldOtherwise() {
    assertEquals("memory", registry.provider());
    for (Feature feature : Feature.values()) {
      assertTrue(registry.supports(feature), feature::name);
    }
  }

  @Test
  void preparationIsChained() {
    registry.addTag(APP, "1.0", A).addTag(APP, "1.1", B).addImage(ImageRef.of("ns/empty"));

    assertEquals(List.of("1.0", "1.1"), registry.tagNames(APP));
    assertEquals(List.of(), registry.tagNames(ImageRef.of("ns/empty")));
    assertEquals(List.of(), registry.tagNames(ImageRef.of("ns/missing")));
    assertEquals(2, registry.listImages().toList().size());
  }

  @Test
  void aTagIsKeptAsItWasAdded() {
    Tag tag = Tag.builder(APP, "1.0")
        .digest(A)
        .createdAt(NOON)
        .updatedAt(NOON.plusSeconds(1))
        .sizeBytes(5_000_000_000L)
        .providerId("mine")
        .build();
    registry.addTag(tag);

    assertEquals(tag, registry.getTag(APP, "1.0"));
    assertEquals(List.of(tag), registry.listTags(APP, FULL).toList());
  }

  @Test
  void theClockDatesWhatHasNoDate() {
    Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    InMemoryRegistry dated = InMemoryRegistry.builder().clock(clock).build().addTag(APP, "1", A);

    assertEquals(Optional.of(NOON), dated.getTag(APP, "1").createdAt());
    assertEquals(Optional.of(NOON), dated.getTag(APP, "1").updatedAt());
    assertEquals(Optional.of(NOON), dated.getImage(APP).createdAt());
  }

  @Test
  void aMovedTagKeepsItsCreation() {
    registry.addTag(APP, "prod", A, NOON, NOON);

    registry.addTag(APP, "prod", B);

    Tag moved = registry.getTag(APP, "prod");
    assertEquals(Optional.of(B), moved.digest());
    assertEquals(Optional.of(NOON), moved.createdAt());
    assertTrue(moved.updatedAt().orElseThrow().isAfter(NOON));
  }

  @Test
  void whatIsMalformedIsNotAdded() {
    assertAll(
        () -> assertThrows(IllegalArgumentException.class, () -> registry.addTag(APP, "..", A)),
        () -> assertThrows(IllegalArgumentException.class, () -> registry.addTag(APP, "1", "x")),
        () -> assertThrows(
            IllegalArgumentException.class,
            () -> registry.addTag(Tag.builder(APP, "1").digest("latest").build())),
        () -> assertThrows(NullPointerException.class, () -> registry.addImage(null)),
        () -> assertThrows(NullPointerException.class, () -> registry.addTag(APP, "1", null)));
    assertEquals(List.of(), registry.tagNames(APP));
  }

  @Test
  void theRefusalNamesTheSiblingsInItsMessage() {
    registry.addTag(APP, "1.0", A).addTag(APP, "latest", A);

    SharedDigestException e =
        assertThrows(SharedDigestException.class, () -> registry.deleteTag(APP, "1.0"));

    assertEquals(
        "delete tag 1.0 of ns/app failed: its digest is shared with [latest]", e.getMessage());
    assertEquals(0, e.statusCode());
  }

  @Test
  void messagesAreWordedAsTheSdkWordsThem() {
    registry.addTag(APP, "1.0", A);

    assertEquals(
        "get tag 2.0 of ns/app failed: there is no such tag",
        assertThrows(TagNotFoundException.class, () -> registry.getTag(APP, "2.0"))
            .getMessage());
    assertEquals(
        "delete tag 1.0 of ns/app failed: it points to " + A + ", not to " + B,
        assertThrows(
                PreconditionFailedException.class,
                () -> registry.deleteTag(APP, "1.0", STRICT.onlyIfDigest(B)))
            .getMessage());
  }

  @Test
  void aTagWithoutADigestHasNoSiblings() {
    registry.addTag(Tag.builder(APP, "1").build()).addTag(Tag.builder(APP, "2").build());

    registry.deleteTag(APP, "1", STRICT.withForce());

    assertEquals(List.of("2"), registry.tagNames(APP));
  }

  @Test
  void forceDoesNotTakeASiblingInUse() {
    registry.addTag(APP, "1.0", A).addTag(APP, "prod", A).markInUse(APP, "prod");

    assertThrows(TagInUseException.class, () -> registry.deleteTag(APP, "1.0", STRICT.withForce()));
    assertThrows(ImageInUseException.class, () -> registry.deleteImage(APP, STRICT));

    assertEquals(List.of("1.0", "prod"), registry.tagNames(APP));
  }

  @Test
  void onlyATagThatIsThereCanBeUsed() {
    assertThrows(IllegalArgumentException.class, () -> registry.markInUse(APP, "1.0"));
    registry.addImage(APP);
    assertThrows(IllegalArgumentException.class, () -> registry.markInUse(APP, "1.0"));
  }

  @Test
  void aTagOfAnotherIdentifierIsAnotherTag() {
    registry.addTag(Tag.builder(APP, "1.0").providerId("new").build());
    Tag old = Tag.builder(APP, "1.0").providerId("old").build();

    assertThrows(TagNotFoundException.class, () -> registry.deleteTag(old, STRICT));
    assertEquals(List.of("1.0"), registry.tagNames(APP));
  }

  @Test
  void theNextCallFailsAndTheOneAfterDoesNot() {
    registry.addTag(APP, "1.0", A);
    RateLimitException failure = rateLimited();
    registry.failNext(failure);

    assertSame(
        failure, assertThrows(RateLimitException.class, () -> registry.deleteTag(APP, "1.0")));
    assertEquals(List.of("1.0"), registry.tagNames(APP));
    assertEquals("1.0", registry.getTag(APP, "1.0").name());
  }

  @Test
  void failuresQueueUp() {
    registry.addTag(APP, "1.0", A);
    registry.failNext(2, InMemoryRegistryTest::rateLimited);
    registry.failNext(new RegistryIOException(
        ErrorDetails.builder("get tag 1.0").serverMessage("connection lost").build(), null));

    Throwable first = assertThrows(RateLimitException.class, () -> registry.getTag(APP, "1.0"));
    Throwable second = assertThrows(RateLimitException.class, () -> registry.getTag(APP, "1.0"));
    assertFalse(first == second, "each call has an exception of its own");
    assertThrows(RegistryIOException.class, () -> registry.getTag(APP, "1.0"));
    assertEquals("1.0", registry.getTag(APP, "1.0").name());
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.failNext(0, InMemoryRegistryTest::rateLimited));
  }

  @Test
  void aListingCanFailOnItsSecondPage() {
    registry.addTag(APP, "1", A).addTag(APP, "2", B);
    Iterator<Tag> tags =
        registry.listTags(APP, ListTagsOptions.defaults().withPageSize(1)).iterator();
    tags.next();
    registry.failNext(rateLimited());

    assertThrows(RateLimitException.class, tags::next);
    assertEquals("2", tags.next().name());
  }

  @Test
  void callsAreCounted() {
    registry.addTag(APP, "1", A).addTag(APP, "2", B);
    registry.listTags(APP, ListTagsOptions.defaults().withPageSize(1)).toList();
    assertEquals(2, registry.callCount());

    registry.failNext(rateLimited());
    assertThrows(RateLimitException.class, () -> registry.getImage(APP));
    assertThrows(IllegalArgumentException.class, () -> registry.getTag(APP, ".."));
    assertEquals(3, registry.callCount());
  }

  @Test
  void deletingBetweenTwoPagesSkipsATagAsItDoesElsewhere() {
    registry.addTag(APP, "1", A).addTag(APP, "2", B).addTag(APP, "3", B);
    ListTagsOptions single = ListTagsOptions.defaults().withPageSize(1);
    Page<Tag> first = registry.listTags(APP, single).firstPage();

    registry.deleteTag(APP, "1");

    assertEquals("3", first.next().items().get(0).name(), "2 has slipped onto the first page");
  }

  @Test
  void aCursorOfAnotherKindIsRefused() {
    for (String cursor : List.of("2", "bWVtb3J5Og", "bWVtb3J5Oi0x", "a b", "https://x")) {
      PageCursor foreign = new PageCursor(cursor);
      assertThrows(
          IllegalArgumentException.class,
          () -> registry.listTags(APP, ListTagsOptions.defaults().withCursor(foreign)),
          cursor);
      assertThrows(
          IllegalArgumentException.class,
          () -> registry.listImages(ListImagesOptions.defaults().withCursor(foreign)),
          cursor);
    }
  }

  @Test
  void aCursorGoesWithItsOwnListingAlone() {
    ImageRef other = ImageRef.of("ns/other");
    for (String name : List.of("1", "2", "3")) {
      registry.addTag(APP, name, A).addTag(other, name, A);
    }
    ListTagsOptions own =
        ListTagsOptions.defaults().withOrder(TagOrder.NAME_ASC).withPageSize(1);
    PageCursor cursor = registry.listTags(APP, own).firstPage().nextCursor().orElseThrow();
    long calls = registry.callCount();

    for (ListTagsOptions options : List.of(
        own.withOrder(TagOrder.NAME_DESC),
        own.withPageSize(2),
        own.withNamePrefix("1"),
        own.withName("1"))) {
      ListTagsOptions resumed = options.withCursor(cursor);
      assertThrows(IllegalArgumentException.class, () -> registry.listTags(APP, resumed));
    }
    ListTagsOptions resumed = own.withCursor(cursor);
    assertThrows(IllegalArgumentException.class, () -> registry.listTags(other, resumed));
    assertThrows(
        IllegalArgumentException.class,
        () -> InMemoryRegistry.create().addTag(APP, "1", A).listTags(APP, resumed));
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.listImages(ListImagesOptions.defaults().withPageSize(1).withCursor(cursor)));
    assertEquals(calls, registry.callCount());
    assertEquals("2", registry.listTags(APP, resumed).iterator().next().name());
  }

  @Test
  void aCursorOfImagesGoesWithItsOwnListingAlone() {
    registry.addImage(APP).addImage(ImageRef.of("ns/b")).addImage(ImageRef.of("ns/c"));
    ListImagesOptions own = ListImagesOptions.defaults().withPathPrefix("ns/").withPageSize(1);
    PageCursor cursor = registry.listImages(own).firstPage().nextCursor().orElseThrow();

    assertEquals(2, registry.listImages(own.withCursor(cursor)).toList().size());
    for (ListImagesOptions options : List.of(own.withPageSize(2), own.withPathPrefix("n"))) {
      ListImagesOptions resumed = options.withCursor(cursor);
      assertThrows(IllegalArgumentException.class, () -> registry.listImages(resumed));
    }
  }

  @Test
  void aCursorCannotBeMadeUp() {
    for (String name : List.of("1", "2", "3", "4")) {
      registry.addTag(APP, name, A);
    }
    ListTagsOptions single = ListTagsOptions.defaults().withPageSize(1);
    String cursor =
        registry.listTags(APP, single).firstPage().nextCursor().orElseThrow().value();
    assertTrue(cursor.endsWith(".1"), cursor);
    String twoFurther = cursor.substring(0, cursor.length() - 1) + "3";

    assertThrows(
        IllegalArgumentException.class,
        () -> registry.listTags(APP, single.withCursor(new PageCursor(twoFurther))));
  }

  @Test
  void whatTheSdkOrdersHasCursorsThatSurviveDeletions() {
    InMemoryRegistry unordered = InMemoryRegistry.builder()
        .without(Feature.SERVER_ORDER_BY_NAME)
        .build()
        .addTag(APP, "3", A)
        .addTag(APP, "1", B)
        .addTag(APP, "2", A);
    ListTagsOptions byName =
        ListTagsOptions.defaults().withOrder(TagOrder.NAME_ASC).withPageSize(1);
    PageCursor cursor = unordered.listTags(APP, byName).firstPage().nextCursor().orElseThrow();

    unordered.deleteTag(APP, "1");

    List<Tag> rest = unordered.listTags(APP, byName.withCursor(cursor)).toList();
    assertEquals(List.of("2", "3"), rest.stream().map(Tag::name).toList());
  }

  @Test
  void siblingsThatAreAllowedToGoWithATag() {
    registry.addTag(APP, "1.0", A).addTag(APP, "1", A).addTag(APP, "2.0", B);

    DeleteResult result =
        registry.deleteTag(APP, "1.0", STRICT.allowingSiblings(List.of("1", "2.0")));

    assertEquals(List.of("1"), result.deletedWith());
    assertEquals(List.of("2.0"), registry.tagNames(APP));
  }

  @Test
  void aSiblingThatIsNotAllowedStopsTheDeletion() {
    registry.addTag(APP, "1.0", A).addTag(APP, "1", A).addTag(APP, "latest", A);

    SharedDigestException e = assertThrows(
        SharedDigestException.class,
        () -> registry.deleteTag(APP, "1.0", STRICT.allowingSiblings(List.of("1"))));

    assertEquals(List.of("1", "latest"), e.siblings());
    assertEquals(List.of("1.0", "1", "latest"), registry.tagNames(APP));
  }

  @Test
  void anAllowedSiblingStaysWhereATagGoesAlone() {
    InMemoryRegistry sparing = InMemoryRegistry.builder()
        .sparingSiblings()
        .build()
        .addTag(APP, "1.0", A)
        .addTag(APP, "1", A);

    DeleteResult result = sparing.deleteTag(APP, "1.0", STRICT.allowingSiblings(List.of("1")));

    assertEquals(List.of(), result.deletedWith());
    assertEquals(List.of("1"), sparing.tagNames(APP));
  }

  @Test
  void anAllowedSiblingInUseStays() {
    registry.addTag(APP, "1.0", A).addTag(APP, "1", A).markInUse(APP, "1");

    assertThrows(
        TagInUseException.class,
        () -> registry.deleteTag(APP, "1.0", STRICT.allowingSiblings(List.of("1"))));

    assertEquals(List.of("1.0", "1"), registry.tagNames(APP));
  }

  @Test
  void deletedTagsCanBeSeenForAWhile() {
    InMemoryRegistry slow = InMemoryRegistry.builder()
        .deletionReads(2)
        .build()
        .addTag(APP, "1.0", A)
        .addTag(APP, "1", A)
        .addTag(APP, "2.0", B);

    DeleteResult result = slow.deleteTag(APP, "1.0", STRICT.allowingSiblings(List.of("1")));

    assertEquals(DeleteOutcome.ACCEPTED, result.outcome());
    assertEquals(List.of("1"), result.deletedWith());
    assertEquals(List.of("2.0"), slow.tagNames(APP), "looking in is no read");
    assertEquals(List.of(Status.DELETING, Status.DELETING, Status.READY), states(slow));
    assertEquals(Status.DELETING, slow.getTag(APP, "1.0").status());
    assertEquals(Optional.empty(), slow.findTag(APP, "1.0"));
    assertEquals(List.of(Status.DELETING, Status.READY), states(slow));
    assertEquals(List.of(Status.READY), states(slow));
  }

  private static List<Status> states(InMemoryRegistry registry) {
    return registry.listTags(APP, FULL).stream().map(Tag::status).toList();
  }

  @Test
  void whatIsBeingDeletedIsNoSiblingAndIsNotDeletedAgain() {
    InMemoryRegistry slow = InMemoryRegistry.builder()
        .deletionReads(9)
        .sparingSiblings()
        .build()
        .addTag(APP, "1.0", A)
        .addTag(APP, "1", A);
    slow.deleteTag(APP, "1.0");

    assertEquals(DeleteOutcome.ACCEPTED, slow.deleteTag(APP, "1.0").outcome());
    assertEquals(List.of(), slow.deleteTag(APP, "1", STRICT.withForce()).deletedWith());
  }

  @Test
  void aTagThatIsPushedAgainIsNoLongerBeingDeleted() {
    InMemoryRegistry slow =
        InMemoryRegistry.builder().deletionReads(1).build().addTag(APP, "1.0", A);
    slow.deleteTag(APP, "1.0");

    slow.addTag(APP, "1.0", B);

    assertEquals(Status.READY, slow.getTag(APP, "1.0").status());
    assertEquals(Status.READY, slow.getTag(APP, "1.0").status());
  }

  @Test
  void tagsWithoutADateComeLast() {
    registry.addTag(Tag.builder(APP, "undated").digest(A).build()).addTag(APP, "1.0", B);

    for (TagOrder order : List.of(TagOrder.CREATED_ASC, TagOrder.CREATED_DESC)) {
      List<Tag> tags =
          registry.listTags(APP, ListTagsOptions.defaults().withOrder(order)).toList();
      assertEquals(List.of("1.0", "undated"), tags.stream().map(Tag::name).toList());
    }
  }

  @Test
  void aHostCanBeItsOwn() {
    InMemoryRegistry hosted =
        InMemoryRegistry.builder().host("RG.example.org:5000").build();
    ImageRef pasted = ImageRef.parse("rg.example.org:5000/ns/app:1.0");
    hosted.addTag(pasted, "1.0", A);

    assertEquals(APP, hosted.getTag(pasted, "1.0").image());
    assertThrows(IllegalArgumentException.class, () -> registry.getTag(pasted, "1.0"));
  }

  @Test
  void abilitiesGoWithThoseTheyRestOn() {
    InMemoryRegistry poor = InMemoryRegistry.builder()
        .without(Feature.TAG_DIGEST, Feature.TAG_CREATED_AT)
        .build();

    for (Feature feature : List.of(
        Feature.TAG_DIGEST,
        Feature.FORCE_DELETE,
        Feature.DELETE_ONLY_IF_DIGEST,
        Feature.TAG_CREATED_AT,
        Feature.ORDER_BY_CREATED,
        Feature.SERVER_ORDER_BY_CREATED)) {
      assertFalse(poor.supports(feature), feature::name);
    }
    assertTrue(poor.supports(Feature.ORDER_BY_NAME));
    assertTrue(poor.supports(Feature.DELETE_TAG));
  }

  @Test
  void aMissingAbilityIsRefusedOrEmpty() {
    InMemoryRegistry poor = InMemoryRegistry.builder()
        .provider("poor")
        .without(Feature.TAG_UPDATED_AT, Feature.DELETE_TAG)
        .build()
        .addTag(APP, "1.0", A);

    assertEquals(Optional.empty(), poor.getTag(APP, "1.0").updatedAt());
    assertEquals(Optional.of(A), poor.getTag(APP, "1.0").digest());
    ListTagsOptions byUpdate = ListTagsOptions.defaults().withOrder(TagOrder.UPDATED_DESC);
    assertThrows(UnsupportedFeatureException.class, () -> poor.listTags(APP, byUpdate));
    UnsupportedFeatureException e =
        assertThrows(UnsupportedFeatureException.class, () -> poor.deleteTag(APP, "1.0"));
    assertEquals("delete a tag failed: poor cannot do that", e.getMessage());
  }

  @Test
  void listingsCarryWhatIsAskedFor() {
    registry.addTag(Tag.builder(APP, "1.0")
        .digest(A)
        .createdAt(NOON)
        .updatedAt(NOON)
        .sizeBytes(1L)
        .status(Status.READY)
        .providerId("mine")
        .build());

    Tag name = registry.listTags(APP).toList().get(0);
    Tag digest = list(registry, TagDetail.DIGEST);
    Tag full = list(registry, TagDetail.FULL);

    assertEquals(Tag.builder(APP, "1.0").providerId("mine").build(), name);
    assertEquals(Tag.builder(APP, "1.0").providerId("mine").digest(A).build(), digest);
    assertEquals(registry.getTag(APP, "1.0"), full);
    assertEquals(Optional.of(NOON), full.createdAt());
  }

  @Test
  void listingsHavePagesWithoutAMatch() {
    registry.addTag(APP, "1.0", A).addTag(APP, "rc-1", B);
    ListTagsOptions single = ListTagsOptions.defaults().withNamePrefix("rc-").withPageSize(1);

    Page<Tag> first = registry.listTags(APP, single).firstPage();

    assertEquals(List.of(), first.items());
    assertTrue(first.hasNext());
    assertEquals("rc-1", first.next().items().get(0).name());
  }

  @Test
  void fullListingsCarryEverythingAndAreFilteredByTheServer() {
    InMemoryRegistry full = InMemoryRegistry.builder()
        .withFullListings()
        .build()
        .addTag(APP, "1.0", A)
        .addTag(APP, "rc-1", B, NOON, NOON)
        .addTag(APP, "sha256-" + "a".repeat(64) + ".sig", B);
    ListTagsOptions single = ListTagsOptions.defaults().withNamePrefix("rc-").withPageSize(1);

    assertEquals(
        List.of(full.getTag(APP, "rc-1")),
        full.listTags(APP, single).firstPage().items());
    ListTagsOptions images = ListTagsOptions.defaults().withHousekeepingTags(false);
    assertEquals(2, full.listTags(APP, images).firstPage().totalCount().orElse(-1));
  }

  @Test
  void aCursorGoesWithTheHousekeepingTagsItWasReadWith() {
    registry.addTag(APP, "1", A).addTag(APP, "2", A);
    ListTagsOptions own = ListTagsOptions.defaults().withPageSize(1);
    PageCursor cursor = registry.listTags(APP, own).firstPage().nextCursor().orElseThrow();

    ListTagsOptions other = own.withHousekeepingTags(false).withCursor(cursor);
    assertThrows(IllegalArgumentException.class, () -> registry.listTags(APP, other));
  }

  @Test
  void waitingTakesNoTime() {
    InMemoryRegistry slow = InMemoryRegistry.builder()
        .deletionReads(3)
        .build()
        .addTag(APP, "1.0", A)
        .addTag(APP, "2", B);
    slow.deleteTag(APP, "1.0");
    long began = System.nanoTime();

    slow.waitUntilTagGone(APP, "1.0", WaitOptions.defaults());
    assertThrows(
        RegistryTimeoutException.class,
        () -> slow.waitUntilTagGone(APP, "2", WaitOptions.defaults()));

    assertTrue(System.nanoTime() - began < 60_000_000_000L, "five minutes passed at once");
    assertEquals(Optional.empty(), slow.findTag(APP, "1.0"));
  }

  @Test
  void theLastChangeIsTheCreationWhereThereIsNoOtherDate() {
    InMemoryRegistry unchanging =
        InMemoryRegistry.builder().without(Feature.TAG_UPDATED_AT).build();
    InMemoryRegistry undated = InMemoryRegistry.builder()
        .without(Feature.TAG_UPDATED_AT, Feature.TAG_CREATED_AT)
        .build();

    assertTrue(unchanging.supports(Feature.ORDER_BY_CHANGED));
    assertFalse(undated.supports(Feature.ORDER_BY_CHANGED));
    assertFalse(undated.supports(Feature.SERVER_ORDER_BY_CHANGED));
    ListTagsOptions newest = ListTagsOptions.defaults().withOrder(TagOrder.CHANGED_DESC);
    unchanging
        .addTag(APP, "old", A, NOON, NOON.plusSeconds(9))
        .addTag(APP, "new", A, NOON.plusSeconds(1), NOON);
    assertEquals(
        List.of("new", "old"),
        unchanging.listTags(APP, newest).stream().map(Tag::name).toList());
  }

  private static Tag list(InMemoryRegistry registry, TagDetail detail) {
    ListTagsOptions options = ListTagsOptions.defaults().withDetail(detail);
    return registry.listTags(APP, options).toList().get(0);
  }

  @Test
  void siblingsAreSparedIfToldSo() {
    InMemoryRegistry sparing = InMemoryRegistry.builder()
        .sparingSiblings()
        .build()
        .addTag(APP, "1.0", A)
        .addTag(APP, "1", A)
        .addTag(APP, "latest", A);

    assertEquals(List.of(), sparing.deleteTag(APP, "1.0").deletedWith());
    assertEquals(
        List.of("latest"), sparing.deleteTag(APP, "1", STRICT.withForce()).deletedWith());
    assertEquals(List.of(), sparing.tagNames(APP));
  }

  @Test
  void itCanBeLookedIntoAfterClosing() {
    registry.addTag(APP, "1.0", A).close();

    assertEquals(List.of("1.0"), registry.tagNames(APP));
    assertThrows(IllegalStateException.class, () -> registry.getTag(APP, "1.0"));
  }

  @Test
  void settingsAreChecked() {
    InMemoryRegistry.Builder builder = InMemoryRegistry.builder();

    assertThrows(IllegalArgumentException.class, () -> builder.maxPageSize(0));
    assertThrows(IllegalArgumentException.class, () -> builder.deletionReads(-1));
    assertThrows(NullPointerException.class, () -> builder.clock(null));
    assertThrows(NullPointerException.class, () -> builder.provider(null));
    ListTagsOptions four = ListTagsOptions.defaults().withPageSize(4);
    InMemoryRegistry three = builder.maxPageSize(3).build();
    assertThrows(IllegalArgumentException.class, () -> three.listTags(APP, four));
  }
}
