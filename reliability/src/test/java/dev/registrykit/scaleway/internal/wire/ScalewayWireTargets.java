package dev.registrykit.scaleway.internal.wire;

import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.PageCursor;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.reliability.fuzz.Claim;
import dev.registrykit.reliability.fuzz.Refusal;
import dev.registrykit.scaleway.ScalewayImage;
import dev.registrykit.scaleway.ScalewayNamespace;
import dev.registrykit.scaleway.ScalewayTag;
import dev.registrykit.scaleway.internal.generated.api.ImagesApi;
import dev.registrykit.scaleway.internal.generated.api.NamespacesApi;
import dev.registrykit.scaleway.internal.generated.api.TagsApi;
import dev.registrykit.scaleway.internal.generated.model.ListImagesResponse;
import dev.registrykit.scaleway.internal.generated.model.ListNamespacesResponse;
import dev.registrykit.scaleway.internal.generated.model.ListTagsResponse;
import dev.registrykit.scaleway.internal.wire.Absence.Resource;
import dev.registrykit.spi.paging.FetchedPage;
import dev.registrykit.spi.paging.ListingCursors;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.transport.RetryAdvice;
import dev.registrykit.spi.transport.TransportTargets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What Scaleway answers; here for what the package alone can see. */
public final class ScalewayWireTargets {

  private static final ImageRef IMAGE = ImageRef.of("shop/web");

  private static final Operation OPERATION = Operation.onTag("delete", IMAGE, "1.2");

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private static final int MAX_REQUESTS = 10_010;

  private ScalewayWireTargets() {}

  /** A cursor that was made up is refused, or leads on, with a bounded number of requests. */
  public static void cursor(byte[] input) {
    ListingCursors cursors = ListingCursors.of("scaleway", "fr-par", "tags");
    for (String cursor : List.of(Claim.text(input), cursors.cursor(Claim.text(input)))) {
      AtomicInteger requests = new AtomicInteger();
      PageNumbers<String, String> pages = new PageNumbers<>(
          OPERATION, cursors, number -> page(requests, number), 2, item -> item, items -> items);
      if (cursor.isBlank() || !isAccepted(pages, cursor)) {
        continue;
      }
      try {
        FetchedPage<String> page = pages.fetch(cursor);
        String next = page.nextCursor();
        Claim.that(next == null || isAccepted(pages, next), "its own cursor is refused");
      } catch (InvalidResponseException e) {
        Claim.shown(e);
      }
    }
  }

  private static NumberedPage<String> page(AtomicInteger requests, int number) {
    Claim.that(requests.incrementAndGet() <= MAX_REQUESTS, "there is no end of requests");
    Claim.that(number >= 1, "page " + number + " was asked for");
    return NumberedPage.of(List.of("a" + number, "b" + number), 1_000_000L);
  }

  private static boolean isAccepted(PageNumbers<String, String> pages, String cursor) {
    try {
      pages.startingAt(Optional.of(new PageCursor(cursor)));
      return true;
    } catch (IllegalArgumentException e) {
      Claim.shown(e);
      return false;
    }
  }

  /** Every list is read as the document says, or refused; what is kept for logs stays on one line. */
  public static void page(byte[] input) {
    try {
      ListTagsResponse answer =
          TagsApi.listTags("fr-par", "id", 1, 2, null, null).read(input, OPERATION::invalid);
      if (answer != null) {
        NumberedPage.of(answer.getTags(), answer.getTotalCount()).items().forEach(wire -> {
          ScalewayTag byId = ScalewayMapper.tag(wire, OPERATION);
          Claim.oneLine(byId.toString(), "a tag for logs");
          Tag tag = ScalewayMapper.tag(IMAGE, wire, OPERATION);
          Claim.that(!tag.name().isBlank(), "a tag has no name");
          Claim.oneLine(tag.toString(), "a tag for logs");
          Claim.oneLine(tag.status().toString(), "a status for logs");
        });
      }
    } catch (InvalidResponseException e) {
      Claim.shown(e);
    }
    try {
      ListImagesResponse answer = ImagesApi.listImages("fr-par", 1, 2, null, null, null, null, null)
          .read(input, OPERATION::invalid);
      if (answer != null) {
        NumberedPage.of(answer.getImages(), answer.getTotalCount()).items().forEach(wire -> {
          ScalewayImage image = ScalewayMapper.image(wire, OPERATION);
          Claim.oneLine(image.toString(), "an image for logs");
          Claim.oneLine(image.visibility().toString(), "a visibility for logs");
        });
      }
    } catch (InvalidResponseException e) {
      Claim.shown(e);
    }
    try {
      ListNamespacesResponse answer = NamespacesApi.listNamespaces(
              "fr-par", 1, 2, null, null, null, null)
          .read(input, OPERATION::invalid);
      if (answer != null) {
        NumberedPage.of(answer.getNamespaces(), answer.getTotalCount()).items().forEach(wire -> {
          ScalewayNamespace namespace = ScalewayMapper.namespace(wire, OPERATION);
          Claim.oneLine(namespace.toString(), "a namespace for logs");
        });
      }
    } catch (InvalidResponseException e) {
      Claim.shown(e);
    }
  }

  /** A refusal says what it is; that something is gone, only in the registry's own words. */
  public static void refusal(byte[] input) {
    Refusal refusal = Refusal.of(input);
    ScalewayErrors errors = new ScalewayErrors(OPERATION, Resource.TAG, () -> NOW);
    var failed = TransportTargets.refusal(
        refusal.status(), refusal.headers(), refusal.body(), Refusal.SECRET);
    RegistryServiceException failure = errors.map(failed);
    refusal.requireSound(failure);
    if (failure instanceof TagNotFoundException || failure instanceof ImageNotFoundException) {
      Claim.same(404, refusal.status(), "gone");
      Claim.that(refusal.text().strip().startsWith("{"), "gone by " + refusal.text());
    }
    RetryAdvice advice = errors.advice(failed);
    Duration wait = advice.retryAfter();
    Claim.that(wait == null || !wait.isNegative(), "a wait is negative");
  }
}
