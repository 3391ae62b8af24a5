package dev.registrykit.github;

import dev.registrykit.ConflictException;
import dev.registrykit.ErrorDetails;

/**
 * Nothing was deleted, because a public version or image with more than 5,000 downloads cannot be. The rule is
 * documented by GitHub; that the answer is a 400 is reported by its users, and so is the way out: make the
 * package private in its settings, delete, and make it public again.
 *
 * @since 0.1.0
 */
public final class DownloadLimitException extends ConflictException {

  private static final long serialVersionUID = 1L;

  /** What a caller can do, as the ending of a message. */
  public static final String ADVICE =
      "GitHub deletes nothing public that was downloaded more than 5,000 times: make the package"
          + " private in its settings first, or ask GitHub's support";

  /** Makes an exception from what is known of the failure. */
  public DownloadLimitException(ErrorDetails details) {
    super(details);
  }
}
