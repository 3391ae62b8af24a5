package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.PagedIterable;
import dev.registrykit.Tag;
import dev.registrykit.TagOrder;
import dev.registrykit.http.HttpOptions;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What listings that read ahead send: pages have numbers here, and are requested at the same time. */
class ReadingAheadTest extends ScalewayTest {

  private static final ListTagsOptions BY_TEN = ListTagsOptions.defaults().withPageSize(10);

  private List<String> requestsOf(PagedIterable<?> listing) {
    emulator.clearRequests();
    listing.toList();
    return sent().stream().sorted().toList();
  }

  @Test
  void eachPageIsRequestedOnceAndNoneBeyondTheLast() {
    emulator.addTags("shop/app", 75);
    List<Tag> expected = registry.listTags(APP, BY_TEN).toList();
    List<String> requests = requestsOf(registry.listTags(APP, BY_TEN));

    PagedIterable<Tag> ahead = registry.listTags(APP, BY_TEN.withPagesAhead(3));

    assertEquals(expected, ahead.toList());
    assertEquals(8, requests.size());
    assertEquals(requests, requestsOf(ahead));
    assertEquals(requests, requestsOf(registry.listTags(APP, BY_TEN.withPagesAhead(16))));
  }

  @Test
  void anOrderOfTheSdksIsReadAtTheSameTimeToo() {
    emulator.addTags("shop/app", 75);
    ListTagsOptions byUpdate = BY_TEN.withOrder(TagOrder.UPDATED_DESC);
    List<Tag> expected = registry.listTags(APP, byUpdate).toList();
    List<String> requests = requestsOf(registry.listTags(APP, byUpdate));

    PagedIterable<Tag> ahead = registry.listTags(APP, byUpdate.withPagesAhead(3));

    assertEquals(expected, ahead.toList());
    assertEquals(requests, requestsOf(ahead));
  }

  @Test
  void byIdentifierTagsAreListedSoAndTellTheirProgress() {
    String image = emulator.addImage("shop/app");
    emulator.addTags("shop/app", 25);
    long[] listed = {0};
    ListTagsOptions ahead =
        BY_TEN.withPagesAhead(2).withProgressListener(progress -> listed[0] = progress.listed());

    List<String> requests = requestsOf(registry.byId().listTags(image, BY_TEN));

    assertEquals(requests, requestsOf(registry.byId().listTags(image, ahead)));
    assertEquals(3, requests.size());
    assertEquals(25, listed[0]);
  }

  @Test
  void imagesAndNamespacesAreListedSo() {
    for (int i = 0; i < 25; i++) {
      emulator.addImage("shop/app" + i);
      emulator.addNamespace("room" + i);
    }
    ListImagesOptions all = ListImagesOptions.defaults().withPageSize(10);
    ListImagesOptions inShop = all.withPathPrefix("shop/app");
    ListNamespacesOptions namespaces = ListNamespacesOptions.defaults().withPageSize(10);
    ScalewayImageFilter images = ScalewayImageFilter.defaults().withPageSize(10);

    assertSameAhead(registry.listImages(all), registry.listImages(all.withPagesAhead(2)));
    assertSameAhead(registry.listImages(inShop), registry.listImages(inShop.withPagesAhead(2)));
    assertSameAhead(
        registry.listNamespaces(namespaces), registry.listNamespaces(namespaces.withPagesAhead(2)));
    assertSameAhead(
        registry.listScalewayImages(images), registry.listScalewayImages(images.withPagesAhead(2)));
  }

  private void assertSameAhead(PagedIterable<?> plain, PagedIterable<?> ahead) {
    List<?> expected = plain.toList();
    assertTrue(expected.size() >= 25, expected::toString);
    List<String> requests = requestsOf(plain);
    assertTrue(requests.size() >= 3, requests::toString);
    assertEquals(expected, ahead.toList());
    assertEquals(requests, requestsOf(ahead));
    assertEquals(3, requestsAheadOf(ahead));
  }

  /** Returns how many requests the first element costs, once those ahead of it were awaited by the second page. */
  private long requestsAheadOf(PagedIterable<?> ahead) {
    emulator.clearRequests();
    var pages = ahead.pages().iterator();
    pages.next();
    pages.next(); // waits for all that was requested with it
    return sent().stream().filter(line -> line.contains("page_size=10")).count();
  }

  @Test
  void theNextPagesAreUnderWayAtTheSameTime() {
    emulator.addTags("shop/app", 40);
    CyclicBarrier three = new CyclicBarrier(3);
    HttpOptions options = httpOptions().withRequestListener(event -> {
      if (event.uri().getQuery().matches("page=[234]&.*")) {
        await(three); // passes only if three are here at once
      }
    });
    try (ScalewayRegistry listening = builder().httpOptions(options).build()) {
      assertEquals(
          40, listening.listTags(APP, BY_TEN.withPagesAhead(3)).toList().size());
    }
    assertFalse(three.isBroken(), "one page was requested after the other");
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
