package dev.registrykit.scaleway;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to change of a namespace. Immutable: each method returns a copy with that change. */
public final class UpdateNamespaceOptions {

  private static final UpdateNamespaceOptions NOTHING = new UpdateNamespaceOptions(null, null);

  private final @Nullable String description;
  private final @Nullable Boolean isPublic;

  private UpdateNamespaceOptions(@Nullable String description, @Nullable Boolean isPublic) {
    this.description = description;
    this.isPublic = isPublic;
  }

  /** Returns no change, to begin with; sent as it is, it is refused. */
  public static UpdateNamespaceOptions nothing() {
    return NOTHING;
  }

  /** Returns a copy that sets the description; an empty text removes it. */
  public UpdateNamespaceOptions withDescription(String description) {
    Objects.requireNonNull(description, "description");
    return new UpdateNamespaceOptions(description, isPublic);
  }

  /** Returns a copy that sets whether images can be pulled by anybody, unless they say otherwise. */
  public UpdateNamespaceOptions withPublic(boolean isPublic) {
    return new UpdateNamespaceOptions(description, isPublic);
  }

  /** Returns the new description, if set. */
  public Optional<String> description() {
    return Optional.ofNullable(description);
  }

  /** Returns whether images can be pulled by anybody from now on, if set. */
  public Optional<Boolean> isPublic() {
    return Optional.ofNullable(isPublic);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UpdateNamespaceOptions that
        && Objects.equals(description, that.description)
        && Objects.equals(isPublic, that.isPublic);
  }

  @Override
  public int hashCode() {
    return Objects.hash(description, isPublic);
  }

  /** Returns all settings, for logs. */
  @Override
  public String toString() {
    return "UpdateNamespaceOptions[description=%s, isPublic=%s]".formatted(description, isPublic);
  }
}
