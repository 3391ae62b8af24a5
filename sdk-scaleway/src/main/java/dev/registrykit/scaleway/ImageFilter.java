package dev.registrykit.scaleway;

import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.scaleway.internal.Checks;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which images to list, as the server filters and orders them. Immutable: each {@code with…} returns a
 * copy with that change.
 */
public final class ImageFilter {

  private static final ImageFilter DEFAULTS =
      new ImageFilter(ImageOrder.CREATED_AT_ASC, 100, null, null, null, null, null);

  private final ImageOrder order;
  private final int pageSize;
  private final @Nullable String name;
  private final @Nullable String namespaceId;
  private final @Nullable String projectId;
  private final @Nullable String organizationId;
  private final @Nullable PageCursor cursor;

  private ImageFilter(
      ImageOrder order,
      int pageSize,
      @Nullable String name,
      @Nullable String namespaceId,
      @Nullable String projectId,
      @Nullable String organizationId,
      @Nullable PageCursor cursor) {
    this.order = order;
    this.pageSize = pageSize;
    this.name = name;
    this.namespaceId = namespaceId;
    this.projectId = projectId;
    this.organizationId = organizationId;
    this.cursor = cursor;
  }

  /** Returns the defaults: every image, oldest first, 100 a page. */
  public static ImageFilter defaults() {
    return DEFAULTS;
  }

  /** Returns a copy with this order. */
  public ImageFilter withOrder(ImageOrder order) {
    Objects.requireNonNull(order, "order");
    return new ImageFilter(order, pageSize, name, namespaceId, projectId, organizationId, cursor);
  }

  /**
   * Returns a copy with this many images a page.
   *
   * @throws IllegalArgumentException if not from 1 to 100
   */
  public ImageFilter withPageSize(int pageSize) {
    Checks.pageSize(pageSize);
    return new ImageFilter(order, pageSize, name, namespaceId, projectId, organizationId, cursor);
  }

  /** Returns a copy that lists the images of exactly this name alone, which several namespaces may have. */
  public ImageFilter withName(String name) {
    Checks.imageName(name);
    return new ImageFilter(order, pageSize, name, namespaceId, projectId, organizationId, cursor);
  }

  /**
   * Returns a copy that lists the images of this namespace alone.
   *
   * @throws IllegalArgumentException if this is no UUID
   */
  public ImageFilter withNamespaceId(String namespaceId) {
    Checks.id(namespaceId, "namespace");
    return new ImageFilter(order, pageSize, name, namespaceId, projectId, organizationId, cursor);
  }

  /**
   * Returns a copy that lists the images of this project alone.
   *
   * @throws IllegalArgumentException if this is no UUID
   */
  public ImageFilter withProjectId(String projectId) {
    Checks.id(projectId, "project");
    return new ImageFilter(order, pageSize, name, namespaceId, projectId, organizationId, cursor);
  }

  /**
   * Returns a copy that lists the images of this organization alone.
   *
   * @throws IllegalArgumentException if this is no UUID
   */
  public ImageFilter withOrganizationId(String organizationId) {
    Checks.id(organizationId, "organization");
    return new ImageFilter(order, pageSize, name, namespaceId, projectId, organizationId, cursor);
  }

  /** Returns a copy that goes on where {@link Page#nextCursor()} of the same listing was. */
  public ImageFilter withCursor(PageCursor cursor) {
    Objects.requireNonNull(cursor, "cursor");
    return new ImageFilter(order, pageSize, name, namespaceId, projectId, organizationId, cursor);
  }

  /** Returns the order. */
  public ImageOrder order() {
    return order;
  }

  /** Returns the images a page. */
  public int pageSize() {
    return pageSize;
  }

  /** Returns the exact name, if set. */
  public Optional<String> name() {
    return Optional.ofNullable(name);
  }

  /** Returns the namespace's identifier, if set. */
  public Optional<String> namespaceId() {
    return Optional.ofNullable(namespaceId);
  }

  /** Returns the project's identifier, if set. */
  public Optional<String> projectId() {
    return Optional.ofNullable(projectId);
  }

  /** Returns the organization's identifier, if set. */
  public Optional<String> organizationId() {
    return Optional.ofNullable(organizationId);
  }

  /** Returns where to go on, if set. */
  public Optional<PageCursor> cursor() {
    return Optional.ofNullable(cursor);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ImageFilter that
        && order == that.order
        && pageSize == that.pageSize
        && Objects.equals(name, that.name)
        && Objects.equals(namespaceId, that.namespaceId)
        && Objects.equals(projectId, that.projectId)
        && Objects.equals(organizationId, that.organizationId)
        && Objects.equals(cursor, that.cursor);
  }

  @Override
  public int hashCode() {
    return Objects.hash(order, pageSize, name, namespaceId, projectId, organizationId, cursor);
  }

  /** Returns all settings, for logs. */
  @Override
  public String toString() {
    return "ImageFilter[order=%s, pageSize=%s, name=%s, namespaceId=%s, projectId=%s, organizationId=%s, cursor=%s]"
        .formatted(order, pageSize, name, namespaceId, projectId, organizationId, cursor);
  }
}
