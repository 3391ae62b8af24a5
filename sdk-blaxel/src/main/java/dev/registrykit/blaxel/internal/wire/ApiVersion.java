package dev.registrykit.blaxel.internal.wire;

/**
 * A dated version of the API. Since {@link #PINNED} lists are paged and an image comes without its
 * tags; before, every list is sent whole and an image with all its tags.
 *
 * @param text such as {@code 2026-09-22}, perhaps followed by {@code .preview}
 */
public record ApiVersion(String text) {

  /** The version this release was written for. */
  public static final ApiVersion PINNED = new ApiVersion("2026-09-22");

  /** Refuses what is no version. */
  public ApiVersion {
    Checks.apiVersion(text);
  }

  /** Dates in this form order as texts do. */
  public boolean hasPages() {
    return text.substring(0, PINNED.text.length()).compareTo(PINNED.text) >= 0;
  }

  @Override
  public String toString() {
    return text;
  }
}
