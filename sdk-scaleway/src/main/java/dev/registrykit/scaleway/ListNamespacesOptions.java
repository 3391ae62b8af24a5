package dev.registrykit.scaleway;

import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.scaleway.internal.Checks;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to list namespaces; the server filters and orders. Immutable: each {@code with…} returns a
 * copy with that change.
 */
public final class ListNamespacesOptions {

  private static final ListNamespacesOptions DEFAULTS =
      new ListNamespacesOptions(NamespaceOrder.CREATED_AT_ASC, 100, null, null, null, null);

  private final NamespaceOrder order;
  private final int pageSize;
  private final @Nullable String name;
  private final @Nullable String projectId;
  private final @Nullable String organizationId;
  private final @Nullable PageCursor cursor;

  private ListNamespacesOptions(
      NamespaceOrder order,
      int pageSize,
      @Nullable String name,
      @Nullable String projectId,
      @Nullable String organizationId,
      @Nullable PageCursor cursor) {
    this.order = order;
    this.pageSize = pageSize;
    this.name = name;
    this.projectId = projectId;
    this.organizationId = organizationId;
    this.cursor = cursor;
  }

  /** Returns the defaults: every namespace, oldest first, 100 a page. */
  public static ListNamespacesOptions defaults() {
    return DEFAULTS;
  }

  /** Returns a copy with this order. */
  public ListNamespacesOptions withOrder(NamespaceOrder order) {
    Objects.requireNonNull(order, "order");
    return new ListNamespacesOptions(order, pageSize, name, projectId, organizationId, cursor);
  }

  /**
   * Returns a copy with this many namespaces a page.
   *
   * @throws IllegalArgumentException if not from 1 to 100
   */
  public ListNamespacesOptions withPageSize(int pageSize) {
    Checks.pageSize(pageSize);
    return new ListNamespacesOptions(order, pageSize, name, projectId, organizationId, cursor);
  }

  /** Returns a copy that lists the namespace of exactly this name alone. */
  public ListNamespacesOptions withName(String name) {
    Checks.namespaceName(name);
    return new ListNamespacesOptions(order, pageSize, name, projectId, organizationId, cursor);
  }

  /**
   * Returns a copy that lists the namespaces of this project alone.
   *
   * @throws IllegalArgumentException if this is no UUID
   */
  public ListNamespacesOptions withProjectId(String projectId) {
    Checks.id(projectId, "project");
    return new ListNamespacesOptions(order, pageSize, name, projectId, organizationId, cursor);
  }

  /**
   * Returns a copy that lists the namespaces of this organization alone.
   *
   * @throws IllegalArgumentException if this is no UUID
   */
  public ListNamespacesOptions withOrganizationId(String organizationId) {
    Checks.id(organizationId, "organization");
    return new ListNamespacesOptions(order, pageSize, name, projectId, organizationId, cursor);
  }

  /** Returns a copy that goes on where {@link Page#nextCursor()} of the same listing was. */
  public ListNamespacesOptions withCursor(PageCursor cursor) {
    Objects.requireNonNull(cursor, "cursor");
    return new ListNamespacesOptions(order, pageSize, name, projectId, organizationId, cursor);
  }

  /** Returns the order. */
  public NamespaceOrder order() {
    return order;
  }

  /** Returns the namespaces a page. */
  public int pageSize() {
    return pageSize;
  }

  /** Returns the exact name, if set. */
  public Optional<String> name() {
    return Optional.ofNullable(name);
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
    return other instanceof ListNamespacesOptions that
        && order == that.order
        && pageSize == that.pageSize
        && Objects.equals(name, that.name)
        && Objects.equals(projectId, that.projectId)
        && Objects.equals(organizationId, that.organizationId)
        && Objects.equals(cursor, that.cursor);
  }

  @Override
  public int hashCode() {
    return Objects.hash(order, pageSize, name, projectId, organizationId, cursor);
  }

  /** Returns all settings, for logs. */
  @Override
  public String toString() {
    return "ListNamespacesOptions[order=%s, pageSize=%s, name=%s, projectId=%s, organizationId=%s, cursor=%s]"
        .formatted(order, pageSize, name, projectId, organizationId, cursor);
  }
}
