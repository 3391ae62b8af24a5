package dev.registrykit.scaleway;

import dev.registrykit.ListTagsOptions;
import dev.registrykit.Page;
import dev.registrykit.PageCursor;
import dev.registrykit.scaleway.internal.Checks;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which images to list, as the server filters and orders them. Immutable: each {@code with…} returns a
 * copy with that change.
 *
 * @since 0.1.0
 */
public final class ScalewayImageFilter {

  private static final ScalewayImageFilter DEFAULTS = new ScalewayImageFilter(new Settings());

  private final Settings settings;

  private ScalewayImageFilter(Settings settings) {
    this.settings = settings;
  }

  /** Returns the defaults: every image, oldest first, 100 a page. */
  public static ScalewayImageFilter defaults() {
    return DEFAULTS;
  }

  /** Returns a copy with this order. */
  public ScalewayImageFilter withOrder(ScalewayImageOrder order) {
    Objects.requireNonNull(order, "order");
    return with(changed -> changed.order = order);
  }

  /**
   * Returns a copy with this many images a page.
   *
   * @throws IllegalArgumentException if not from 1 to 100
   */
  public ScalewayImageFilter withPageSize(int pageSize) {
    Checks.pageSize(pageSize);
    return with(changed -> changed.pageSize = pageSize);
  }

  /** Returns a copy that lists the images of exactly this name alone, which several namespaces may have. */
  public ScalewayImageFilter withName(String name) {
    Checks.imageName(name);
    return with(changed -> changed.name = name);
  }

  /**
   * Returns a copy that lists the images of this namespace alone.
   *
   * @throws IllegalArgumentException if this is no UUID
   */
  public ScalewayImageFilter withNamespaceId(String namespaceId) {
    Checks.id(namespaceId, "namespace");
    return with(changed -> changed.namespaceId = namespaceId);
  }

  /**
   * Returns a copy that lists the images of this project alone.
   *
   * @throws IllegalArgumentException if this is no UUID
   */
  public ScalewayImageFilter withProjectId(String projectId) {
    Checks.id(projectId, "project");
    return with(changed -> changed.projectId = projectId);
  }

  /**
   * Returns a copy that lists the images of this organization alone.
   *
   * @throws IllegalArgumentException if this is no UUID
   */
  public ScalewayImageFilter withOrganizationId(String organizationId) {
    Checks.id(organizationId, "organization");
    return with(changed -> changed.organizationId = organizationId);
  }

  /** Returns a copy that goes on where {@link Page#nextCursor()} of the same listing was. */
  public ScalewayImageFilter withCursor(PageCursor cursor) {
    Objects.requireNonNull(cursor, "cursor");
    return with(changed -> changed.cursor = cursor);
  }

  /**
   * Returns a copy by which up to so many pages are requested at the same time while the caller works on a page, as
   * {@link ListTagsOptions#withPagesAhead} says. Default: 0. An iteration that is left half-way has cost at most so
   * many pages more than it handed out.
   *
   * @throws IllegalArgumentException if not from 0 to 16
   */
  public ScalewayImageFilter withPagesAhead(int pages) {
    Checks.pagesAhead(pages);
    return with(changed -> changed.pagesAhead = pages);
  }

  /** Returns the order. */
  public ScalewayImageOrder order() {
    return settings.order;
  }

  /** Returns the images a page. */
  public int pageSize() {
    return settings.pageSize;
  }

  /** Returns the exact name, if set. */
  public Optional<String> name() {
    return Optional.ofNullable(settings.name);
  }

  /** Returns the namespace's identifier, if set. */
  public Optional<String> namespaceId() {
    return Optional.ofNullable(settings.namespaceId);
  }

  /** Returns the project's identifier, if set. */
  public Optional<String> projectId() {
    return Optional.ofNullable(settings.projectId);
  }

  /** Returns the organization's identifier, if set. */
  public Optional<String> organizationId() {
    return Optional.ofNullable(settings.organizationId);
  }

  /** Returns where to go on, if set. */
  public Optional<PageCursor> cursor() {
    return Optional.ofNullable(settings.cursor);
  }

  /** Returns how many pages are requested ahead at most. */
  public int pagesAhead() {
    return settings.pagesAhead;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ScalewayImageFilter that && settings.all().equals(that.settings.all());
  }

  @Override
  public int hashCode() {
    return settings.all().hashCode();
  }

  /** Returns all settings, for logs. */
  @Override
  public String toString() {
    return "ScalewayImageFilter[order=%s, pageSize=%s, name=%s, namespaceId=%s, projectId=%s, organizationId=%s, cursor=%s, pagesAhead=%s]"
        .formatted(settings.all().toArray());
  }

  private ScalewayImageFilter with(Consumer<Settings> change) {
    Settings changed = new Settings(settings);
    change.accept(changed);
    return new ScalewayImageFilter(changed);
  }

  /** All settings; changed only before they are given to options. */
  private static final class Settings {

    private ScalewayImageOrder order = ScalewayImageOrder.CREATED_AT_ASC;
    private int pageSize = 100;
    private @Nullable String name;
    private @Nullable String namespaceId;
    private @Nullable String projectId;
    private @Nullable String organizationId;
    private @Nullable PageCursor cursor;
    private int pagesAhead;

    private Settings() {}

    private Settings(Settings other) {
      this.order = other.order;
      this.pageSize = other.pageSize;
      this.name = other.name;
      this.namespaceId = other.namespaceId;
      this.projectId = other.projectId;
      this.organizationId = other.organizationId;
      this.cursor = other.cursor;
      this.pagesAhead = other.pagesAhead;
    }

    private List<@Nullable Object> all() {
      return Arrays.asList(
          order, pageSize, name, namespaceId, projectId, organizationId, cursor, pagesAhead);
    }
  }
}
