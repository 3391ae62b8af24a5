package dev.registrykit.github;

import dev.registrykit.ConflictException;
import dev.registrykit.ErrorDetails;

/**
 * Nothing was deleted, because no tag of the image would be left: GitHub keeps the last tagged version of a
 * package. {@link GithubRegistry#deleteImage} deletes the image as a whole.
 *
 * <p>GitHub does not document this refusal. Its users report it as a 400; see {@link
 * GithubRegistryBuilder#keepingLastTag(boolean)}.
 *
 * @since 0.1.0
 */
public final class LastVersionException extends ConflictException {

  private static final long serialVersionUID = 1L;

  /** What a caller can do, as the ending of a message. */
  public static final String ADVICE =
      "GitHub keeps the last tagged version of a package: delete the image to delete it too";

  /** Makes an exception from what is known of the failure. */
  public LastVersionException(ErrorDetails details) {
    super(details);
  }
}
