package dev.registrykit.testkit;

import dev.registrykit.testkit.internal.github.EmulatedGithub;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/**
 * How a {@link GithubEmulator} deviates from what is documented or reported, and what makes it refuse. Everything lasts
 * until {@link Emulator#reset()}. {@link Emulator#failNext(Fault)} spoils single requests. Thread-safe.
 *
 * @since 0.1.0
 */
public final class GithubFaults {
  private final EmulatedGithub github;

  GithubFaults(EmulatedGithub github) {
    this.github = github;
  }

  /**
   * Refuses as GitHub's secondary rate limit does, by words alone: 403, as users report.
   *
   * @return the fault; {@link Fault#withHeader} adds a {@code Retry-After}
   */
  public static Fault secondaryRateLimit() {
    return Fault.json(
        403,
        "{\"message\":\"You have exceeded a secondary rate limit. Please wait a few minutes before you try"
            + " again.\",\"documentation_url\":\"https://docs.github.com/rest/overview/rate-limits\"}");
  }

  /**
   * Lets the API's list of versions lag behind the registry by this from now on. What is there now is listed at once.
   *
   * @param lag by the clock of {@link #setClock}
   */
  public void setListLag(Duration lag) {
    Objects.requireNonNull(lag, "lag");
    github.change(settings -> settings.lag = lag);
  }

  /**
   * Sets the clock by which the list lags and limits begin anew; the system's otherwise.
   *
   * @param clock asked for every request and every change
   */
  public void setClock(Clock clock) {
    Objects.requireNonNull(clock, "clock");
    github.change(settings -> settings.clock = clock);
  }

  /**
   * Sets how many reads of manifests and tag lists the registry still shows a version that was deleted.
   *
   * @param reads 0, as at the start, for none
   */
  public void setDeletionReads(int reads) {
    if (reads < 0) {
      throw new IllegalArgumentException("reads: " + reads);
    }
    github.change(settings -> settings.deletionReads = reads);
  }

  /**
   * Sets whether the last tagged version of a package can be deleted; it cannot otherwise.
   *
   * @param deletable true for what no user has reported
   */
  public void setLastTaggedVersionDeletable(boolean deletable) {
    github.change(settings -> settings.keepsLastTagged = !deletable);
  }

  /**
   * Sets how often a version was downloaded; a public one with more than 5,000 cannot be deleted.
   *
   * @param image the image
   * @param digest of the version
   * @param downloads 0 otherwise; reading counts as none here
   */
  public void setDownloads(String image, String digest, long downloads) {
    github.setDownloads(image, digest, downloads);
  }

  /**
   * Makes an image public or private, which it is at the start.
   *
   * @param image the image
   * @param isPublic whether everybody may read it
   */
  public void setPublic(String image, boolean isPublic) {
    github.setPublic(image, isPublic);
  }

  /**
   * Sets the order of versions; newest first otherwise.
   *
   * @param isOldestFirst whether it is the other way around
   */
  public void setOldestFirst(boolean isOldestFirst) {
    github.change(settings -> settings.isOldestFirst = isOldestFirst);
  }

  /**
   * Sets whether lists have {@code Link} headers, which GitHub does not document here; they have otherwise.
   *
   * @param sent whether they are sent
   */
  public void setLinks(boolean sent) {
    github.change(settings -> settings.hasLinks = sent);
  }

  /**
   * Sends the first page whatever number is asked for.
   *
   * @param ignored whether numbers are ignored
   */
  public void setPageNumbersIgnored(boolean ignored) {
    github.change(settings -> settings.ignoresPageNumbers = ignored);
  }

  /**
   * Makes pages shorter than asked for.
   *
   * @param size the most items on a page, at least 1; 100 otherwise
   */
  public void setMaxPageSize(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("size: " + size);
    }
    github.change(settings -> settings.maxPageSize = size);
  }

  /**
   * Sets how many requests remain until the primary rate limit; 5,000 at the start, and one less with each. None is
   * carried out without one.
   *
   * @param requests at least 0
   */
  public void setRemainingRequests(int requests) {
    if (requests < 0) {
      throw new IllegalArgumentException("requests: " + requests);
    }
    github.change(settings -> settings.remaining = requests);
  }

  /**
   * Sets whether restoring a version or an image brings its tags back; it does otherwise.
   *
   * @param brought whether it does
   */
  public void setRestoreBringsTags(boolean brought) {
    github.change(settings -> settings.restoreBringsTags = brought);
  }
}
