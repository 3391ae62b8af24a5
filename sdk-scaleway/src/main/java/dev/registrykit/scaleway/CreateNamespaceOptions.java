package dev.registrykit.scaleway;

import dev.registrykit.scaleway.internal.Checks;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A namespace to create. Immutable: each method returns a copy with that change.
 *
 * @since 0.1.0
 */
public final class CreateNamespaceOptions {

  private final Settings settings;

  private CreateNamespaceOptions(Settings settings) {
    if (settings.projectId != null && settings.organizationId != null) {
      throw new IllegalArgumentException(
          "a namespace belongs to a project or to an organization, not to both");
    }
    this.settings = settings;
  }

  /**
   * Returns a private namespace of this name in the default project.
   *
   * @throws IllegalArgumentException if the name has anything but letters, digits and dashes
   */
  public static CreateNamespaceOptions named(String name) {
    Checks.namespaceName(name);
    return new CreateNamespaceOptions(new Settings(name));
  }

  /** Returns a copy with this description. */
  public CreateNamespaceOptions withDescription(String description) {
    Objects.requireNonNull(description, "description");
    return with(changed -> changed.description = description);
  }

  /**
   * Returns a copy that belongs to this project.
   *
   * @throws IllegalArgumentException if this is no UUID, or it belongs to an organization already
   */
  public CreateNamespaceOptions withProjectId(String projectId) {
    Checks.id(projectId, "project");
    return with(changed -> changed.projectId = projectId);
  }

  /**
   * Returns a copy that belongs to this organization.
   *
   * @throws IllegalArgumentException if this is no UUID, or it belongs to a project already
   */
  public CreateNamespaceOptions withOrganizationId(String organizationId) {
    Checks.id(organizationId, "organization");
    return with(changed -> changed.organizationId = organizationId);
  }

  /**
   * Returns a copy that says who may pull the images that say {@link Visibility#INHERIT}. Default:
   * {@link Visibility#PRIVATE}.
   *
   * @throws IllegalArgumentException if it is neither {@link Visibility#PUBLIC} nor {@link
   *     Visibility#PRIVATE}
   */
  public CreateNamespaceOptions withVisibility(Visibility visibility) {
    Checks.namespaceVisibility(visibility);
    return with(changed -> changed.visibility = visibility);
  }

  /** Returns the name. */
  public String name() {
    return settings.name;
  }

  /** Returns the description, if set. */
  public Optional<String> description() {
    return Optional.ofNullable(settings.description);
  }

  /** Returns the project's identifier, if set. */
  public Optional<String> projectId() {
    return Optional.ofNullable(settings.projectId);
  }

  /** Returns the organization's identifier, if set. */
  public Optional<String> organizationId() {
    return Optional.ofNullable(settings.organizationId);
  }

  /** Returns who may pull the images that inherit it. */
  public Visibility visibility() {
    return settings.visibility;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CreateNamespaceOptions that
        && settings.all().equals(that.settings.all());
  }

  @Override
  public int hashCode() {
    return settings.all().hashCode();
  }

  /** Returns all settings, for logs. */
  @Override
  public String toString() {
    return "CreateNamespaceOptions[name=%s, description=%s, projectId=%s, organizationId=%s, visibility=%s]"
        .formatted(settings.all().toArray());
  }

  private CreateNamespaceOptions with(Consumer<Settings> change) {
    Settings changed = new Settings(settings);
    change.accept(changed);
    return new CreateNamespaceOptions(changed);
  }

  /** All settings; changed only before they are given to options. */
  private static final class Settings {

    private final String name;
    private @Nullable String description;
    private @Nullable String projectId;
    private @Nullable String organizationId;
    private Visibility visibility = Visibility.PRIVATE;

    private Settings(String name) {
      this.name = name;
    }

    private Settings(Settings other) {
      this.name = other.name;
      this.description = other.description;
      this.projectId = other.projectId;
      this.organizationId = other.organizationId;
      this.visibility = other.visibility;
    }

    private List<@Nullable Object> all() {
      return Arrays.asList(name, description, projectId, organizationId, visibility);
    }
  }
}
