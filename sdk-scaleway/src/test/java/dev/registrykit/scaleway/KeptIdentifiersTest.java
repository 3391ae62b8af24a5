package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.TagContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The identifiers found by name are kept, and looked up anew when one is gone. */
class KeptIdentifiersTest extends ScalewayTest {

  @Test
  void anImageMadeAnewIsFoundAgain() {
    String namespace = emulator.addNamespace("shop");
    String old = emulator.addImage("shop/app");
    knowing(APP);
    elsewhere(other -> other.deleteImage(APP, DeleteOptions.defaults()));
    String image = emulator.addImage("shop/app");
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));

    List<Tag> tags = registry.listTags(APP).toList();

    assertEquals("1.0", tags.get(0).name());
    assertSent(listTags(old), lookUpImage(namespace, "app"), listTags(image));
  }

  @Test
  void aNamespaceMadeAnewIsFoundAgain() {
    String oldNamespace = emulator.addNamespace("shop");
    String old = emulator.addImage("shop/app");
    knowing(APP);
    elsewhere(other -> other.deleteNamespace("shop"));
    String namespace = emulator.addNamespace("shop");
    String image = emulator.addImage("shop/app");
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));

    List<Tag> tags = registry.listTags(APP).toList();

    assertEquals("1.0", tags.get(0).name());
    assertSent(
        listTags(old),
        lookUpImage(oldNamespace, "app"),
        lookUpNamespace("shop"),
        lookUpImage(namespace, "app"),
        listTags(image));
  }

  @Test
  void anotherImageOfANamespaceMadeAnewIsFoundToo() {
    String oldNamespace = emulator.addNamespace("shop");
    emulator.addImage("shop/app");
    knowing(APP);
    elsewhere(other -> other.deleteNamespace("shop"));
    String namespace = emulator.addNamespace("shop");
    emulator.addImage("shop/web");

    registry.getImage(ImageRef.of("shop/web"));

    assertSent(
        lookUpImage(oldNamespace, "web"), lookUpNamespace("shop"), lookUpImage(namespace, "web"));
  }

  @Test
  void aKeptNamespaceThatAnswers404IsLookedUpAnew() {
    emulator.addImage("shop/app");
    emulator.addImage("shop/web");
    knowing(APP);
    emulator.failNext("GET", "/images$", 1, Fault.json(404, "{\"message\":\"no\"}"));

    assertEquals(
        ImageRef.of("shop/web"), registry.getImage(ImageRef.of("shop/web")).ref());
  }

  @Test
  void threadsThatNeedAnIdentifierAtOnceLookItUpOnce() throws Exception {
    int threads = 8;
    String namespace = emulator.addNamespace("shop");
    String image = emulator.addImage("shop/app");
    emulator.failNext("GET", "/namespaces$", 1, Fault.delayed(Duration.ofMillis(300)));
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<List<Tag>>> listings = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        listings.add(pool.submit(() -> {
          start.await();
          return registry.listTags(APP).toList();
        }));
      }
      for (Future<List<Tag>> listing : listings) {
        assertEquals(List.of(), listing.get());
      }
    } finally {
      pool.shutdownNow();
    }

    assertEquals(
        List.of(lookUpNamespace("shop"), lookUpImage(namespace, "app")), sent().subList(0, 2));
    assertEquals(
        Collections.nCopies(threads, listTags(image)), sent().subList(2, sent().size()));
  }

  @Test
  void anImageThatIsGoneForGoodIsMissing() {
    String namespace = emulator.addNamespace("shop");
    String old = emulator.addImage("shop/app");
    knowing(APP);
    elsewhere(other -> other.deleteImage(APP, DeleteOptions.defaults()));

    var failure =
        assertThrows(ImageNotFoundException.class, () -> registry.listTags(APP).toList());

    assertEquals("list tags of shop/app failed: there is no such image", failure.getMessage());
    assertSent(listTags(old), lookUpImage(namespace, "app"), lookUpNamespace("shop"));
  }

  @Test
  void anImageThatGoesBetweenLookUpAndUseIsMissing() {
    emulator.addImage("shop/app");
    emulator.failNext("GET", "/tags$", 1, Fault.json(404, "{\"message\":\"Image was not found\"}"));

    var failure =
        assertThrows(ImageNotFoundException.class, () -> registry.listTags(APP).toList());

    assertEquals(404, failure.statusCode());
    assertEquals(3, emulator.requestCount());
  }

  @Test
  void anImageDeletedHereIsForgotten() {
    String namespace = emulator.addNamespace("shop");
    emulator.addImage("shop/app");
    emulator.setDeletionReads(0);
    registry.deleteImage(APP, DeleteOptions.defaults());
    String image = emulator.addImage("shop/app");
    emulator.clearRequests();

    registry.listTags(APP).toList();

    assertSent(lookUpImage(namespace, "app"), listTags(image));
  }

  @Test
  void aNamespaceDeletedHereIsForgottenWithItsImages() {
    emulator.addImage("shop/app");
    knowing(APP);
    emulator.setDeletionReads(0);
    registry.deleteNamespace("shop");
    String namespace = emulator.addNamespace("shop");
    String image = emulator.addImage("shop/app");
    emulator.clearRequests();

    registry.listTags(APP).toList();

    assertSent(lookUpNamespace("shop"), lookUpImage(namespace, "app"), listTags(image));
  }

  @Test
  void aNamespaceMadeAnewIsFoundAgainByItsName() {
    String old = emulator.addNamespace("shop");
    registry.getNamespace("shop");
    elsewhere(other -> other.deleteNamespace("shop"));
    String namespace = emulator.addNamespace("shop");

    registry.updateNamespace(
        "shop", UpdateNamespaceOptions.nothing().withVisibility(Visibility.PUBLIC));

    assertSent(
        "PATCH /namespaces/" + old, lookUpNamespace("shop"), "PATCH /namespaces/" + namespace);
  }

  @Test
  void anImageIsLookedForInTheNamespaceThatIsNotBeingDeleted() {
    emulator.addImage("shop/app");
    emulator.failNext(
        "GET",
        "/namespaces$",
        1,
        Fault.json(
            200,
            text(
                "{\"total_count\":2,\"namespaces\":[",
                "{\"id\":\"" + UNKNOWN_ID + "\",\"name\":\"shop\",\"status\":\"deleting\"},",
                "{\"id\":\"" + emulator.addNamespace("shop") + "\",\"name\":\"shop\",",
                "\"status\":\"ready\"}]}")));

    assertEquals(APP, registry.getImage(APP).ref());
  }

  @Test
  void aWrongAddressIsNoMissingImage() {
    try (ScalewayRegistry lost =
        builder().baseUrl(emulator.baseUrl() + "/wrong").build()) {
      var failure =
          assertThrows(NotFoundException.class, () -> lost.listTags(APP).toList());

      assertEquals(NotFoundException.class, failure.getClass());
      assertEquals("list tags of shop/app failed: HTTP 404", withoutRequestId(failure));
    }
  }

  @Test
  void aWrongAddressIsNoImageThatIsAbsentAlready() {
    DeleteOptions lenient = DeleteOptions.defaults().ignoringMissing();
    try (ScalewayRegistry lost =
        builder().baseUrl(emulator.baseUrl() + "/wrong").build()) {
      var ofTag = assertThrows(NotFoundException.class, () -> lost.deleteTag(APP, "1", lenient));
      var ofImage = assertThrows(NotFoundException.class, () -> lost.deleteImage(APP, lenient));

      assertEquals(NotFoundException.class, ofTag.getClass());
      assertEquals(NotFoundException.class, ofImage.getClass());
    }
  }

  @Test
  void theBaseUrlMayHaveAPath() {
    try (ScalewayRegistry behindProxy =
        builder().baseUrl(emulator.baseUrl() + "/proxy/").build()) {
      assertThrows(NotFoundException.class, () -> behindProxy.byId().getNamespace(UNKNOWN_ID));
    }

    assertEquals(
        "/proxy/registry/v1/regions/fr-par/namespaces/" + UNKNOWN_ID,
        emulator.requests().get(0).rawPath());
  }

  @Test
  void whatIsGoneByOurOwnHandIsNotLookedUpAgain() {
    String image = emulator.addImage("shop/app");
    knowing(APP);
    emulator.setDeletionReads(0);
    emulator.failNext("DELETE", "/images/", 1, Fault.lostAnswer());

    var result = registry.deleteImage(APP, DeleteOptions.defaults());

    assertEquals(DeleteOutcome.ALREADY_ABSENT, result.outcome());
    assertSent("DELETE /images/" + image, "DELETE /images/" + image);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"message\":\"Not Found\"}", "404 page not found"})
  void somebodyElsesNotFoundForWhatIsThereGoesUnnoticed(String body) {
    String namespace = emulator.addNamespace("shop");
    String image = emulator.addImage("shop/app");
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    knowing(APP);
    emulator.failNext("GET", "/tags$", 1, Fault.json(404, body));

    assertEquals(1, registry.listTags(APP).toList().size());
    assertSent(listTags(image), lookUpImage(namespace, "app"), listTags(image));
  }

  @Test
  void somebodyElsesNotFoundThatStaysIsNoAbsence() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    knowing(APP);
    emulator.failNext("GET", "/tags$", 9, Fault.json(404, "{\"message\":\"Not Found\"}"));

    var failure = assertThrows(NotFoundException.class, () -> registry.findTag(APP, "1.0"));

    assertEquals(NotFoundException.class, failure.getClass());
    assertEquals(
        text(
            "get tag 1.0 of shop/app failed: HTTP 404: Not Found; ",
            "this does not prove that there is no such image"),
        withoutRequestId(failure));
  }

  @Test
  void somebodyElsesNotFoundForAnImageThatIsNotListedAnyMoreIsAbsence() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    knowing(APP);
    elsewhere(other -> other.deleteImage(APP, DeleteOptions.defaults()));
    emulator.failNext("GET", "/tags$", 1, Fault.json(404, "{\"message\":\"Not Found\"}"));

    assertThrows(ImageNotFoundException.class, () -> registry.listTags(APP).toList());
  }

  @Test
  void aLostAnswerAndSomebodyElsesNotFoundAreHeldAgainstAListing() {
    String image = emulator.addImage("shop/app");
    knowing(APP);
    emulator.setDeletionReads(0);
    emulator.failNext("DELETE", "/images/", 1, Fault.lostAnswer());
    emulator.failNext("DELETE", "/images/", 1, Fault.status(404));

    var result = registry.deleteImage(APP, DeleteOptions.defaults());

    assertEquals(DeleteOutcome.ALREADY_ABSENT, result.outcome());
    assertEquals("DELETE /images/" + image, sent().get(1));
  }

  @Test
  void aLostAnswerAndSomebodyElsesNotFoundForWhatIsStillListedDeleteIt() {
    emulator.addImage("shop/app");
    knowing(APP);
    emulator.failNext("DELETE", "/images/", 1, Fault.gatewayTimeout());
    emulator.failNext("DELETE", "/images/", 1, Fault.status(404));

    var result = registry.deleteImage(APP, DeleteOptions.defaults());

    assertEquals(DeleteOutcome.ACCEPTED, result.outcome());
    assertEquals(3, sent().stream().filter(line -> line.startsWith("DELETE")).count());
  }

  @Test
  void aLostAnswerToADeletionByNameIsHeldAgainstAListingForNamespacesToo() {
    emulator.addNamespace("shop");
    emulator.setDeletionReads(0);
    emulator.failNext("DELETE", "/namespaces/", 1, Fault.lostAnswer());
    emulator.failNext("DELETE", "/namespaces/", 1, Fault.status(404));

    assertEquals(DeleteOutcome.ALREADY_ABSENT, registry.deleteNamespace("shop").outcome());
  }

  @Test
  void aLostAnswerByIdentifierProvesNothingWithSomebodyElsesNotFound() {
    String namespace = emulator.addNamespace("shop");
    String image = emulator.addImage("shop/app");
    for (var call : List.<Executable>of(
        () -> registry.byId().deleteImage(image),
        () -> registry.byId().deleteNamespace(namespace))) {
      emulator.failNext("DELETE", "", 1, Fault.lostAnswer());
      emulator.failNext("DELETE", "", 1, Fault.status(404));

      var failure = assertThrows(NotFoundException.class, call);

      assertEquals(NotFoundException.class, failure.getClass());
      assertTrue(failure.mayHaveTakenEffect());
    }
  }

  @Test
  void aTagsLostAnswerIsHeldAgainstAListing() {
    String id = emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    emulator.setDeletionReads(0);
    emulator.failNext("DELETE", "", 1, Fault.lostAnswer());
    emulator.failNext("DELETE", "", 1, Fault.status(404));
    assertEquals(DeleteOutcome.ALREADY_ABSENT, registry.deleteTag(APP, "1.0").outcome());

    String again =
        emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST)).id();
    emulator.failNext("DELETE", "", 1, Fault.gatewayTimeout());
    emulator.failNext("DELETE", "", 1, Fault.status(404));
    var failure = assertThrows(
        NotFoundException.class,
        () -> registry.deleteTag(APP, "1.0", DeleteOptions.defaults().ignoringMissing()));

    assertEquals(NotFoundException.class, failure.getClass());
    assertEquals(List.of("1.0"), emulator.tagNames("shop/app"));
    assertNotEquals(id, again);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"message\":\"Tag was not found\"}"})
  void aTagThatGoesBetweenLookAndDeletionIsMissingWhoeverSaysNotFound(String body) {
    emulator.addImage("shop/app");
    knowing(APP);
    String tag = "{\"id\":\"" + UNKNOWN_ID + "\",\"name\":\"1.0\"}";
    emulator.failNext(
        "GET", "/tags$", 1, Fault.json(200, "{\"tags\":[" + tag + "],\"total_count\":1}"));
    emulator.failNext("DELETE", "/tags/", 1, Fault.json(404, body));

    assertThrows(TagNotFoundException.class, () -> registry.deleteTag(APP, "1.0"));
    assertEquals(body.isEmpty() ? 3 : 2, emulator.requestCount());
  }

  @Test
  void aLostAnswerOfATagWhoseImageIsGoneByThenIsDone() {
    emulator.addTag("shop/app", "1.0", TagContent.ofDigest(DIGEST));
    knowing(APP);
    emulator.failNext("DELETE", "/tags/", 1, Fault.gatewayTimeout());
    emulator.failNext("DELETE", "/tags/", 1, Fault.status(404));
    emulator.failNext("GET", "/tags$", 1, Fault.delayed(Duration.ZERO));
    emulator.failNext("GET", "/tags$", 2, Fault.json(404, "{\"message\":\"Image was not found\"}"));

    assertEquals(DeleteOutcome.ALREADY_ABSENT, registry.deleteTag(APP, "1.0").outcome());
  }

  private static String withoutRequestId(NotFoundException failure) {
    return failure.getMessage().replaceFirst(" \\(request-id [^)]*\\)$", "");
  }
}
