package dev.registrykit.scaleway;

import dev.registrykit.scaleway.internal.Checks;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a namespace. Immutable: each method returns a copy with that change.
 *
 * @since 0.1.0
 */
public final class UpdateNamespaceOptions {

  private static final UpdateNamespaceOptions NOTHING =
      new UpdateNamespaceOptions(new Settings(null, null));

  private final Settings settings;

  private UpdateNamespaceOptions(Settings settings) {
    this.settings = settings;
  }

  /** Returns no change, to begin with; sent as it is, it is refused. */
  public static UpdateNamespaceOptions nothing() {
    return NOTHING;
  }

  /** Returns a copy that sets the description; an empty text removes it. */
  public UpdateNamespaceOptions withDescription(String description) {
    Objects.requireNonNull(description, "description");
    return new UpdateNamespaceOptions(new Settings(description, settings.visibility));
  }

  /**
   * Returns a copy that sets who may pull the images that say {@link Visibility#INHERIT}.
   *
   * @throws IllegalArgumentException if it is neither {@link Visibility#PUBLIC} nor {@link
   *     Visibility#PRIVATE}
   */
  public UpdateNamespaceOptions withVisibility(Visibility visibility) {
    Checks.namespaceVisibility(visibility);
    return new UpdateNamespaceOptions(new Settings(settings.description, visibility));
  }

  /** Returns the new description, if set. */
  public Optional<String> description() {
    return Optional.ofNullable(settings.description);
  }

  /** Returns who may pull the images that inherit it from now on, if set. */
  public Optional<Visibility> visibility() {
    return Optional.ofNullable(settings.visibility);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UpdateNamespaceOptions that && settings.equals(that.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  /** Returns all settings, for logs. */
  @Override
  public String toString() {
    return "UpdateNamespaceOptions[description=%s, visibility=%s]"
        .formatted(settings.description, settings.visibility);
  }

  /** All settings. */
  private record Settings(
      @Nullable String description, @Nullable Visibility visibility) {}
}
