package dev.registrykit.scaleway;

import dev.registrykit.scaleway.internal.Checks;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A namespace to create. Immutable: each method returns a copy with that change. */
public final class CreateNamespaceOptions {

  private final String name;
  private final @Nullable String description;
  private final @Nullable String projectId;
  private final @Nullable String organizationId;
  private final boolean isPublic;

  private CreateNamespaceOptions(
      String name,
      @Nullable String description,
      @Nullable String projectId,
      @Nullable String organizationId,
      boolean isPublic) {
    if (projectId != null && organizationId != null) {
      throw new IllegalArgumentException(
          "a namespace belongs to a project or to an organization, not to both");
    }
    this.name = name;
    this.description = description;
    this.projectId = projectId;
    this.organizationId = organizationId;
    this.isPublic = isPublic;
  }

  /**
   * Returns a private namespace of this name in the default project.
   *
   * @throws IllegalArgumentException if the name has anything but letters, digits and dashes
   */
  public static CreateNamespaceOptions named(String name) {
    Checks.namespaceName(name);
    return new CreateNamespaceOptions(name, null, null, null, false);
  }

  /** Returns a copy with this description. */
  public CreateNamespaceOptions withDescription(String description) {
    Objects.requireNonNull(description, "description");
    return new CreateNamespaceOptions(name, description, projectId, organizationId, isPublic);
  }

  /**
   * Returns a copy that belongs to this project.
   *
   * @throws IllegalArgumentException if this is no UUID, or it belongs to an organization already
   */
  public CreateNamespaceOptions withProjectId(String projectId) {
    Checks.id(projectId, "project");
    return new CreateNamespaceOptions(name, description, projectId, organizationId, isPublic);
  }

  /**
   * Returns a copy that belongs to this organization.
   *
   * @throws IllegalArgumentException if this is no UUID, or it belongs to a project already
   */
  public CreateNamespaceOptions withOrganizationId(String organizationId) {
    Checks.id(organizationId, "organization");
    return new CreateNamespaceOptions(name, description, projectId, organizationId, isPublic);
  }

  /** Returns a copy whose images can be pulled by anybody, unless they say otherwise. */
  public CreateNamespaceOptions asPublic() {
    return new CreateNamespaceOptions(name, description, projectId, organizationId, true);
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns the description, if set. */
  public Optional<String> description() {
    return Optional.ofNullable(description);
  }

  /** Returns the project's identifier, if set. */
  public Optional<String> projectId() {
    return Optional.ofNullable(projectId);
  }

  /** Returns the organization's identifier, if set. */
  public Optional<String> organizationId() {
    return Optional.ofNullable(organizationId);
  }

  /** Returns whether images can be pulled by anybody, unless they say otherwise. */
  public boolean isPublic() {
    return isPublic;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CreateNamespaceOptions that
        && Objects.equals(name, that.name)
        && Objects.equals(description, that.description)
        && Objects.equals(projectId, that.projectId)
        && Objects.equals(organizationId, that.organizationId)
        && isPublic == that.isPublic;
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, description, projectId, organizationId, isPublic);
  }

  /** Returns all settings, for logs. */
  @Override
  public String toString() {
    return "CreateNamespaceOptions[name=%s, description=%s, projectId=%s, organizationId=%s, isPublic=%s]"
        .formatted(name, description, projectId, organizationId, isPublic);
  }
}
