package dev.registrykit.testkit;

import org.jspecify.annotations.Nullable;

/**
 * What a service calls a tag that was added to its emulator. Immutable.
 *
 * @since 0.1.0
 */
public final class AddedTag {

  private record Parts(@Nullable String id, @Nullable String digest) {}

  private final Parts parts;

  private AddedTag(Parts parts) {
    this.parts = parts;
  }

  static AddedTag of(@Nullable String id, @Nullable String digest) {
    return new AddedTag(new Parts(id, digest));
  }

  /**
   * The service's identifier of the tag.
   *
   * @return a UUID on Scaleway
   * @throws IllegalStateException where tags have none
   */
  public String id() {
    return required(parts.id, "identifiers");
  }

  /**
   * The digest that the tag points to.
   *
   * @return {@code sha256:} and 64 lower-case hex digits
   * @throws IllegalStateException where tags have none, as on Blaxel
   */
  public String digest() {
    return required(parts.digest, "digests");
  }

  private static String required(@Nullable String value, String what) {
    if (value == null) {
      throw new IllegalStateException("tags have no " + what + " here");
    }
    return value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AddedTag that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  /** Both, for messages of tests. */
  @Override
  public String toString() {
    return "AddedTag" + parts.toString().substring("Parts".length());
  }
}
