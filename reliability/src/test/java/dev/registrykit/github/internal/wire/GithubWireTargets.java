package dev.registrykit.github.internal.wire;

import dev.registrykit.BadRequestException;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.PageCursor;
import dev.registrykit.RateLimitException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.github.DownloadLimitException;
import dev.registrykit.github.LastVersionException;
import dev.registrykit.github.internal.generated.ApiRequest;
import dev.registrykit.github.internal.generated.api.PackagesApi;
import dev.registrykit.github.internal.generated.api.VersionsApi;
import dev.registrykit.github.internal.generated.model.PackageDocument;
import dev.registrykit.github.internal.generated.model.VersionDocument;
import dev.registrykit.github.internal.wire.GithubErrors.Resource;
import dev.registrykit.reliability.fuzz.Claim;
import dev.registrykit.reliability.fuzz.Refusal;
import dev.registrykit.spi.paging.FetchedPage;
import dev.registrykit.spi.paging.ListingCursors;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.transport.FailedResponse;
import dev.registrykit.spi.transport.RetryAdvice;
import dev.registrykit.spi.transport.TransportTargets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What GitHub's API answers; here for what the package alone can see. */
public final class GithubWireTargets {

  private static final ImageRef IMAGE = ImageRef.of("octo-org/web");

  private static final Operation OPERATION = Operation.onTag("delete", IMAGE, "1.2");

  private static final RateLimits LIMITS =
      new RateLimits(() -> Instant.parse("2026-11-21T10:00:00Z"));

  private GithubWireTargets() {}

  /** A cursor that was made up is refused, or leads on by one request, to a cursor that is taken. */
  public static void cursor(byte[] input) {
    ListingCursors cursors = ListingCursors.of("github", "versions", IMAGE);
    for (String cursor : List.of(Claim.text(input), cursors.cursor(Claim.text(input)))) {
      List<Integer> asked = new ArrayList<>();
      PageNumbers<String, String> pages = new PageNumbers<>(
          OPERATION, cursors, number -> page(asked, number), 2, item -> item, items -> items);
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
      Claim.same(1, asked.size(), "requests");
    }
  }

  private static NumberedPage<String> page(List<Integer> asked, int number) {
    asked.add(number);
    Claim.that(number >= 1, "page " + number + " was asked for");
    return NumberedPage.of(List.of("a" + number, "b" + number), null);
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
    each(
        input,
        VersionsApi.listVersionsForOrg("octo-org", "container", "web", 1, 2, null),
        GithubWireTargets::requireSound);
    read(
        input,
        VersionsApi.getVersionForOrg("octo-org", "container", "web", 1L),
        GithubWireTargets::requireSound);
    each(
        input,
        PackagesApi.listPackagesForOrg("octo-org", "container", null, 1, 2),
        GithubWireTargets::requireSound);
    read(
        input,
        PackagesApi.getPackageForOrg("octo-org", "container", "web"),
        GithubWireTargets::requireSound);
  }

  private static <T> void each(byte[] input, ApiRequest<List<T>> request, Consumer<T> use) {
    read(
        input,
        request,
        items -> NumberedPage.of(items, null).items().forEach(item -> {
          try {
            use.accept(item);
          } catch (InvalidResponseException e) {
            Claim.shown(e);
          }
        }));
  }

  private static <T> void read(byte[] input, ApiRequest<T> request, Consumer<T> use) {
    try {
      T answer = request.read(input, OPERATION::invalid);
      if (answer != null) {
        use.accept(answer);
      }
    } catch (InvalidResponseException e) {
      Claim.shown(e);
    }
  }

  private static void requireSound(VersionDocument wire) {
    Version version = GithubMapper.version(wire, OPERATION);
    Claim.that(version.id() > 0, "a version has no identifier");
    Claim.oneLine(version.digest(), "a digest");
    for (String name : version.tags()) {
      Tag tag = GithubMapper.tag(IMAGE, version, name);
      Claim.that(!tag.name().isBlank(), "a tag has no name");
      Claim.oneLine(tag.toString(), "a tag for logs");
    }
  }

  private static void requireSound(PackageDocument wire) {
    Claim.oneLine(GithubMapper.image("octo-org", wire, OPERATION).toString(), "an image for logs");
  }

  /** A refusal says what it is; that something is gone, only in GitHub's own words about packages. */
  public static void refusal(byte[] input) {
    Refusal refusal = Refusal.of(input);
    FailedResponse failed = TransportTargets.refusal(
        refusal.status(), refusal.headers(), refusal.body(), Refusal.SECRET);
    for (Resource resource : Arrays.asList(Resource.PACKAGE, Resource.VERSION, null)) {
      GithubErrors errors = new GithubErrors(OPERATION, resource, "the token needs more", LIMITS);
      RegistryServiceException failure = errors.map(failed);
      refusal.requireSound(failure);
      requireReason(refusal, resource, failure);
      RetryAdvice advice = errors.advice(failed);
      Duration wait = advice.retryAfter();
      Claim.that(wait == null || !wait.isNegative(), "a wait is negative");
      Claim.same(
          failure instanceof RateLimitException, !advice.equals(RetryAdvice.NONE), "a limit");
    }
  }

  private static void requireReason(
      Refusal refusal, Resource resource, RegistryServiceException failure) {
    if (failure instanceof TagNotFoundException || failure instanceof ImageNotFoundException) {
      Claim.same(404, refusal.status(), "gone");
      Claim.same(Resource.PACKAGE, resource, "gone");
      Claim.that(refusal.text().strip().startsWith("{"), "gone by " + refusal.text());
      Claim.that(refusal.text().contains("packages"), "gone by " + refusal.text());
    }
    if (failure instanceof RateLimitException) {
      Claim.that(Set.of(403, 429).contains(refusal.status()), "a limit by " + refusal.status());
    }
    boolean isRefused =
        failure instanceof LastVersionException || failure instanceof DownloadLimitException;
    if (isRefused || failure.getClass() == BadRequestException.class && resource != null) {
      Claim.that(Set.of(400, 422).contains(refusal.status()), "refused by " + refusal.status());
    }
  }
}
