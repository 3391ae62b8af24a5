package dev.registrykit.retention;

import static dev.registrykit.retention.Fixtures.CLOCK;
import static dev.registrykit.retention.Fixtures.IMAGE;
import static dev.registrykit.retention.Fixtures.deletions;
import static dev.registrykit.retention.Fixtures.digest;
import static dev.registrykit.retention.Fixtures.plan;
import static dev.registrykit.retention.Fixtures.planned;
import static dev.registrykit.retention.Fixtures.reason;
import static dev.registrykit.retention.Fixtures.registry;
import static dev.registrykit.retention.Fixtures.signature;
import static dev.registrykit.retention.Fixtures.tag;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.ErrorDetails;
import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.PagedIterable;
import dev.registrykit.Registry;
import dev.registrykit.RegistryIOException;
import dev.registrykit.Status;
import dev.registrykit.Tag;
import dev.registrykit.testkit.InMemoryRegistry;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionPlanTest {

  private static final RetentionPolicy NEWEST =
      RetentionPolicy.of(TagMatcher.all()).keepNewestImages(1).build();

  @Test
  void makingAPlanOnlyReads() {
    InMemoryRegistry registry = registry(tag("1", "2026-03-01"), tag("2", "2026-03-02"));

    RetentionPlan plan = RetentionPlan.of(registry, IMAGE, NEWEST, CLOCK);

    assertEquals(List.of("1"), deletions(plan));
    assertEquals(1, registry.callCount());
    assertEquals(List.of("1", "2"), registry.tagNames(IMAGE));
  }

  @Test
  void aPageThatCannotBeReadFailsThePlan() {
    InMemoryRegistry registry = InMemoryRegistry.builder().maxPageSize(1).build();
    registry.addTag(tag("1", "2026-03-01")).addTag(tag("2", "2026-03-02"));
    int[] calls = {0};
    RetentionPolicy policy = RetentionPolicy.of(TagMatcher.all())
        .keepIf("never asked", tag -> calls[0]++ > 0)
        .build();
    registry.failNext(
        new RegistryIOException(ErrorDetails.of("list tags", "the connection broke"), null));

    assertThrows(RegistryIOException.class, () -> RetentionPlan.of(registry, IMAGE, policy, CLOCK));
    assertEquals(0, calls[0]);
  }

  @Test
  void aReferenceThatNamesATagIsRefusedBeforeAnyRequest() {
    InMemoryRegistry registry = registry();

    assertThrows(
        IllegalArgumentException.class,
        () -> RetentionPlan.of(registry, ImageRef.parse("shop/web:1.0"), NEWEST, CLOCK));
    assertEquals(0, registry.callCount());
  }

  @Test
  void oldestGoFirst() {
    assertEquals(
        List.of("c", "a", "b"),
        deletions(
            NEWEST,
            tag("a", "2026-03-02"),
            tag("b", "2026-03-02"),
            tag("c", "2026-03-01"),
            tag("d", "2026-03-03")));
  }

  @Test
  void tagsThatAreBeingDeletedAreNeitherCountedNorPlanned() {
    Tag going = Tag.builder(IMAGE, "going")
        .digest(digest("going"))
        .updatedAt(Instant.parse("2026-03-30T00:00:00Z"))
        .status(Status.DELETING)
        .build();

    RetentionPlan plan = plan(NEWEST, going, tag("1", "2026-03-01"), tag("2", "2026-03-02"));

    assertEquals(List.of("1"), deletions(plan));
    assertEquals(PlannedTag.Action.BEING_DELETED, planned(plan, "going").action());
  }

  @Test
  void aTagWhoseDigestIsNotKnownIsKeptWhereTagsHaveDigests() {
    Tag[] tags = {
      Tag.builder(IMAGE, "1").updatedAt(Instant.parse("2026-03-01T00:00:00Z")).build(),
      tag("2", "2026-03-02")
    };

    assertEquals("its digest is not known", reason(plan(NEWEST, tags), "1"));
  }

  @Test
  void whereTagsHaveNoDigestsEachIsAnImageAndThePlanSaysSo() {
    InMemoryRegistry registry =
        InMemoryRegistry.builder().without(Feature.TAG_DIGEST).build();
    registry.addTag(tag("1", "2026-03-01")).addTag(tag("2", "2026-03-02"));

    RetentionPlan plan = RetentionPlan.of(registry, IMAGE, NEWEST, CLOCK);

    assertEquals(List.of("1"), deletions(plan));
    assertTrue(plan.notes().get(0).contains("no digests"), plan.notes().toString());
    assertEquals(DeleteOptions.defaults().ignoringMissing(), planned(plan, "1").deleteOptions());
  }

  @Test
  void guardsAreSaidAndHinderNobodyFromReadingThePlan() {
    Tag[] tags = {
      tag("1", "2026-03-01"), tag("2", "2026-03-02"), tag("3", "2026-03-03"), tag("4", "2026-03-04")
    };

    RetentionPlan many = plan(
        RetentionPolicy.of(TagMatcher.all()).keepNewestImages(1).deleteAtMost(2).build(), tags);
    assertEquals(List.of("it would delete 3 tags, and at most 2 are allowed"), many.obstacles());
    assertEquals(3, many.deletions().size());
    assertThrows(IllegalStateException.class, many::deletionsIfAllowed);

    RetentionPlan share = plan(
        RetentionPolicy.of(TagMatcher.all())
            .keepNewestImages(1)
            .deleteAtMostPercent(74)
            .build(),
        tags);
    assertEquals(
        List.of("it would delete 3 of 4 governed tags, and at most 74 % are allowed"),
        share.obstacles());
    assertEquals(
        List.of(),
        plan(
                RetentionPolicy.of(TagMatcher.all())
                    .keepNewestImages(1)
                    .deleteAtMost(3)
                    .deleteAtMostPercent(75)
                    .build(),
                tags)
            .obstacles());
  }

  @Test
  void theShareIsOfTheGovernedTags() {
    RetentionPlan plan = plan(
        RetentionPolicy.of(TagMatcher.glob("b-*"))
            .keepNewestImages(1)
            .deleteAtMostPercent(49)
            .build(),
        tag("b-1", "2026-03-01"),
        tag("b-2", "2026-03-02"),
        tag("v1", "2026-03-03"),
        tag("v2", "2026-03-04"));

    assertEquals(1, plan.obstacles().size());
  }

  @Test
  void noPlanDeletesEveryTagUnlessThePolicySaysSo() {
    Tag[] tags = {tag("1", "2026-03-01"), tag(signature(digest("other"), ".sig"), "2026-03-01")};
    RetentionPolicy.Builder nothing = RetentionPolicy.of(TagMatcher.all()).keepNothing();

    assertEquals(
        List.of("it would delete every tag of the image"),
        plan(nothing.build(), tags).obstacles());
    assertEquals(List.of(), plan(nothing.build()).obstacles());
    assertEquals(List.of(), plan(nothing.allowDeletingEveryTag().build(), tags).obstacles());
  }

  @Test
  void aRegistryThatCannotDeleteIsAnObstacle() {
    InMemoryRegistry registry =
        InMemoryRegistry.builder().without(Feature.DELETE_TAG).build();
    registry.addTag(tag("1", "2026-03-01")).addTag(tag("2", "2026-03-02"));

    assertEquals(
        List.of("this registry cannot delete tags"),
        RetentionPlan.of(registry, IMAGE, NEWEST, CLOCK).obstacles());
  }

  @Test
  void aDeletionLooksAtThePlannedDigestAndAllowsNoOtherSiblings() {
    RetentionPlan plan = plan(
        NEWEST,
        tag("1", "same", "2026-03-01"),
        tag("1.0", "same", "2026-03-01"),
        tag("2", "2026-03-02"));

    assertEquals(
        DeleteOptions.defaults()
            .ignoringMissing()
            .onlyIfDigest(digest("same"))
            .allowingSiblings(Set.of("1.0")),
        planned(plan, "1").deleteOptions());
    assertThrows(IllegalStateException.class, () -> planned(plan, "2").deleteOptions());
  }

  @Test
  void signaturesGoAfterWhatTheyAreAbout() {
    String attestation = signature(digest("1"), ".att");
    RetentionPlan plan = plan(
        NEWEST,
        tag(signature(digest("an attestation"), ".sig"), "2026-01-01"), // of the attestation
        tag(attestation, "an attestation", "2026-01-02"),
        tag("1", "2026-03-01"),
        tag("2", "2026-03-02"),
        tag(signature(digest("2"), ".sig"), "2026-01-01"));

    assertEquals(
        List.of("1", attestation, signature(digest("an attestation"), ".sig")), deletions(plan));
    assertEquals("follows 1, which is deleted", reason(plan, attestation));
    assertEquals(List.of("1"), planned(plan, attestation).subjects());
    assertEquals("follows 2, which is kept", reason(plan, signature(digest("2"), ".sig")));
  }

  @Test
  void signaturesOfWhatHasNoTagAreKept() {
    String orphan = signature(digest("one platform"), ".sig");

    assertEquals(List.of(), deletions(NEWEST, tag(orphan, "2026-01-01"), tag("2", "2026-03-02")));
  }

  @Test
  void aSignatureStaysWhileOneTagOfItsSubjectDoes() {
    RetentionPolicy policy = RetentionPolicy.of(TagMatcher.glob("build-*"))
        .keepTags(Set.of("build-9"))
        .build();

    assertEquals(
        List.of("build-1"),
        deletions(
            policy,
            tag("build-1", "same", "2026-03-01"),
            tag("v1", "same", "2026-03-01"),
            tag(signature(digest("same"), ".sig"), "2026-03-01")));
  }

  @Test
  void aSignatureThatARuleNamesIsKept() {
    RetentionPolicy policy = RetentionPolicy.of(TagMatcher.all())
        .keepNewestImages(1)
        .keepMatching(TagMatcher.glob("*.sbom"))
        .build();

    assertEquals(
        List.of("1"),
        deletions(
            policy,
            tag("1", "2026-03-01"),
            tag("2", "2026-03-02"),
            tag(signature(digest("1"), ".sbom"), "2026-03-01")));
  }

  @Test
  void aSignatureIsNotAllowedToGoAlongWithASibling() {
    String signature = signature(digest("0"), ".sig");
    RetentionPlan plan = plan(
        NEWEST,
        tag("0", "2026-03-01"),
        tag("1", "same", "2026-03-01"),
        tag(signature, "same", "2026-03-01"),
        tag("2", "2026-03-02"));

    assertEquals(List.of("0", "1", signature), deletions(plan));
    assertEquals(Set.of(), planned(plan, "1").deleteOptions().allowedSiblings());
  }

  @Test
  void whatNoRequestCanNameIsKept() {
    List<Tag> tags = List.of(tag("a b", "2026-03-01"), tag("2", "2026-03-02"));

    Decisions decisions = new Decisions(NEWEST, NEWEST.dates(Fixtures.NOW), true, tags);

    assertEquals(List.of(), decisions.deletions());
    assertEquals(List.of("no request can name it or its digest"), decisions.reasons(tags.get(0)));
  }

  @Test
  void aListThatContradictsItselfIsNoPlan() {
    List<Tag> tags = List.of(tag("1", "2026-03-01"), tag("1", "moved", "2026-03-02"));
    InMemoryRegistry memory = registry();
    Object listing = Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {PagedIterable.class},
        (proxy, method, arguments) -> tags.iterator());
    Registry registry = (Registry) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {Registry.class},
        (proxy, method, arguments) ->
            method.getName().equals("listTags") ? listing : method.invoke(memory, arguments));

    assertThrows(
        InvalidResponseException.class, () -> RetentionPlan.of(registry, IMAGE, NEWEST, CLOCK));
  }

  @Test
  void digestsLongerThanNamesFollowTheirSubjectToo() {
    String digest = "sha512:" + "0123456789abcdef".repeat(8);
    Tag subject = Tag.builder(IMAGE, "1")
        .digest(digest)
        .updatedAt(Instant.parse("2026-03-01T00:00:00Z"))
        .build();
    String referrers = "sha512-" + "0123456789abcdef".repeat(4);

    assertEquals(
        List.of("1", referrers),
        deletions(NEWEST, subject, tag(referrers, "2026-03-01"), tag("2", "2026-03-02")));
  }

  @Test
  void sizesCountEachDigestOnceAndNoneThatStays() {
    RetentionPolicy policy =
        RetentionPolicy.of(TagMatcher.glob("b-*")).keepTags(Set.of("b-9")).build();

    RetentionPlan plan = plan(
        policy,
        sized("b-1", "one", 10),
        sized("b-2", "one", 10),
        sized("b-3", "three", 100),
        sized("v1", "three", 100),
        tag("b-4", "2026-03-01"),
        sized("b-5", "five", 7));

    assertEquals(OptionalLong.of(17), plan.sizeBytes());
    assertEquals(10, plan.estimatedRequests());
    assertEquals(List.of("v1"), planned(plan, "b-3").keptSiblings());
    assertTrue(
        plan.notes().get(0).startsWith("1 tag shares its digest"), plan.notes().toString());
    assertEquals(
        OptionalLong.empty(),
        plan(NEWEST, tag("1", "2026-03-01"), tag("2", "2026-03-02")).sizeBytes());
  }

  private static Tag sized(String name, String content, long bytes) {
    return Tag.builder(IMAGE, name)
        .digest(digest(content))
        .updatedAt(Instant.parse("2026-03-01T00:00:00Z"))
        .sizeBytes(bytes)
        .build();
  }

  @Test
  void theTextSaysWhatBecomesOfEachTagAndWhy() {
    RetentionPolicy policy = RetentionPolicy.of(TagMatcher.glob("b-*"))
        .keepNewestTags(1)
        .deleteAtMostPercent(10)
        .build();
    RetentionPlan plan =
        plan(policy, sized("b-1", "same", 10), tag("b-2", "2026-03-02"), sized("v1", "same", 10));

    assertEquals(
        """
        Plan for shop/web on InMemoryRegistry[memory], made 2026-03-31T12:00:00Z
        %s

        delete  b-1  %s  2026-03-01T00:00:00Z  10 bytes  because: no rule keeps it  (of its digest stay: v1)
        keep    b-2  %s  2026-03-02T00:00:00Z  because: the newest tag
        keep    v1  %s  2026-03-01T00:00:00Z  10 bytes  because: not governed by the policy

        1 of 3 tags to delete, with 2 requests at least.
        1 tag shares its digest with tags that stay: where such a tag cannot be deleted alone, its deletion is refused.
        NOT TO BE CARRIED OUT: it would delete 1 of 2 governed tags, and at most 10 %% are allowed.
        """.formatted(policy, digest("same"), digest("b-2"), digest("same")), plan.toText());
  }

  @Test
  void aPlanSaysWhatItWasMadeOf() {
    RetentionPlan plan = plan(
        NEWEST,
        tag("1", "same", "2026-03-01"),
        tag("1.0", "same", "2026-03-01"),
        tag("2", "2026-03-02"));

    assertEquals(NEWEST.toString(), plan.policy());
    assertEquals(Fixtures.NOW, plan.plannedAt());
    assertEquals("RetentionPlan[shop/web: delete 2 of 3 tags]", plan.toString());
    assertEquals(List.of("1.0"), planned(plan, "1").deletedSiblings());
    assertEquals("DELETE 1: no rule keeps it", planned(plan, "1").toString());
    assertTrue(planned(plan, "1").isGoverned());
    RetentionPolicy builds =
        RetentionPolicy.of(TagMatcher.glob("b-*")).keepNewestTags(1).build();
    assertFalse(planned(plan(builds, tag("v1", "2026-03-01")), "v1").isGoverned());
  }

  @Test
  void plansOfOtherTagsAreNotEqual() {
    RetentionPlan plan = plan(NEWEST, tag("1", "2026-03-01"), tag("2", "2026-03-02"));

    assertFalse(plan.equals(plan(NEWEST, tag("1", "2026-03-01"), tag("3", "2026-03-02"))));
    assertEquals(
        plan.hashCode(),
        plan(NEWEST, tag("1", "2026-03-01"), tag("2", "2026-03-02")).hashCode());
  }

  @Test
  void aKeptTagIsNotSaidToShareItsDigestWithItself() {
    RetentionPolicy policy =
        RetentionPolicy.of(TagMatcher.all()).keepNewestTags(1).keepSiblings().build();
    RetentionPlan plan = plan(
        policy,
        tag("1", "same", "2026-03-01"),
        tag("2", "same", "2026-03-02"),
        tag("0", "2026-02-01"));

    assertEquals("the newest tag", reason(plan, "2"));
    assertEquals("shares its digest with 2", reason(plan, "1"));
    assertEquals(List.of("0"), deletions(plan));
  }

  @Test
  void aKeptSignatureKeepsNoTagThatHappensToHaveItsDigest() {
    RetentionPolicy policy = RetentionPolicy.of(TagMatcher.all())
        .keepNewestImages(1)
        .keepMatching(TagMatcher.glob("*.sig"))
        .keepSiblings()
        .build();

    assertEquals(
        List.of("1"),
        deletions(
            policy,
            tag("1", "same", "2026-03-01"),
            tag(signature(digest("2"), ".sig"), "same", "2026-03-01"),
            tag("2", "2026-03-02")));
  }

  @Test
  void aKeptSignatureNamesThoseOfItsSubjectsThatStay() {
    RetentionPolicy policy = RetentionPolicy.of(TagMatcher.glob("build-*"))
        .keepTags(Set.of("build-9"))
        .build();
    String signature = signature(digest("same"), ".sig");

    RetentionPlan plan = plan(
        policy,
        tag("build-1", "same", "2026-03-01"),
        tag("v1", "same", "2026-03-01"),
        tag(signature, "2026-03-01"));

    assertEquals("follows v1, which is kept", reason(plan, signature));
  }

  @Test
  void aTagWhoseDigestNoRequestCanNameIsKept() {
    Tag odd = Tag.builder(IMAGE, "1")
        .digest("sha256:short")
        .updatedAt(Instant.parse("2026-03-01T00:00:00Z"))
        .build();

    Decisions decisions = new Decisions(
        NEWEST, NEWEST.dates(Fixtures.NOW), true, List.of(odd, tag("2", "2026-03-02")));

    assertEquals(List.of(), decisions.deletions());
    assertEquals(List.of("no request can name it or its digest"), decisions.reasons(odd));
  }

  // Written and read back

  private static RetentionPlan written() {
    return plan(NEWEST, sized("1", "1", 5), tag("2", "2026-03-02"));
  }

  @Test
  void aPlanIsReadBackAsItWasWritten() {
    RetentionPlan plan = written();

    RetentionPlan read = RetentionPlan.fromJson(plan.toJson(), registry());

    assertEquals(plan, read);
    assertEquals(read, read.requireMadeFor(IMAGE, NEWEST));
    assertEquals(planned(plan, "1").deleteOptions(), planned(read, "1").deleteOptions());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'plan\" : 1' | 'plan\" : 2' | registrykit-retention-plan: version 1 can be read, not 2",
        "'\"provider\" : \"memory\"' | '\"provider\" : \"oci\"' | provider: the plan was made for \"oci\"",
        "InMemoryRegistry[memory] | Other[] | registry: the plan was made for \"Other[]\"",
        "'\"notes\" :' | '\"note\" :' | unknown field \"note\"",
        "'\"governed\" :' | '\"goverened\" :' | tags[0].unknown field \"goverened\"",
        "'\"governed\" : true,' | '' | tags[0].governed: missing",
        "'\"governed\" : true' | '\"governed\" : 1' | tags[0].governed: malformed",
        "'\"DELETE\"' | '\"DESTROY\"' | tags[0].action: unknown",
        "'\"sizeBytes\" : 5' | '\"sizeBytes\" : 5.5' | tags[0].sizeBytes: malformed",
        "'\"image\" : \"shop/web\"' | '\"image\" : \"shop//web\"' | image:",
        "'2026-03-31T12:00:00Z' | 'yesterday' | plannedAt: no instant",
        "'\"name\" : \"2\"' | '\"name\" : \"1\"' | tags[1].name: twice",
        "'\"name\" : \"1\"' | '\"name\" : \"../1\"' | tags[0].not a tag",
        "'\"notes\" : [ ]' | '\"notes\" : [ 1 ]' | notes: malformed",
        "'\"image\" :' | '\"image\" : \"x\", \"image\" :' | Duplicate field",
      })
  void whatIsNoPlanForHereIsRefusedByName(String there, String instead, String named) {
    String json = written().toJson();
    String changed = json.replaceFirst(
        Pattern.quote(there), Matcher.quoteReplacement(instead == null ? "" : instead));
    assertFalse(changed.equals(json), json);
    InMemoryRegistry registry = registry();

    IllegalArgumentException refused = assertThrows(
        IllegalArgumentException.class, () -> RetentionPlan.fromJson(changed, registry));

    assertTrue(refused.getMessage().contains(named), refused.getMessage());
    assertEquals(0, registry.callCount());
  }

  @ParameterizedTest
  @CsvSource({"''", "null", "[]", "{", "'{} {}'", "{}"})
  void whatIsNoJsonOfAPlanIsRefused(String text) {
    InMemoryRegistry registry = registry();

    assertThrows(IllegalArgumentException.class, () -> RetentionPlan.fromJson(text, registry));
  }

  @Test
  void somethingAfterThePlanIsRefused() {
    String twice = written().toJson().repeat(2);
    InMemoryRegistry registry = registry();

    assertThrows(IllegalArgumentException.class, () -> RetentionPlan.fromJson(twice, registry));
  }

  @Test
  void aPlanOfAnotherImageOrPolicyIsRefusedByName() {
    RetentionPlan plan = written();
    RetentionPolicy other =
        RetentionPolicy.of(TagMatcher.all()).keepNewestImages(2).build();

    assertTrue(assertThrows(
            IllegalArgumentException.class,
            () -> plan.requireMadeFor(ImageRef.of("shop/api"), NEWEST))
        .getMessage()
        .startsWith("image:"));
    assertTrue(assertThrows(IllegalArgumentException.class, () -> plan.requireMadeFor(IMAGE, other))
        .getMessage()
        .startsWith("policy:"));
  }
}
