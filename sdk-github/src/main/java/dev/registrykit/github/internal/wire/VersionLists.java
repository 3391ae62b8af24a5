package dev.registrykit.github.internal.wire;

import dev.registrykit.ImageRef;
import dev.registrykit.github.internal.generated.model.VersionDocument;
import dev.registrykit.github.internal.wire.GithubApi.State;
import dev.registrykit.spi.paging.Listing;
import dev.registrykit.spi.paging.ListingCursors;
import dev.registrykit.spi.paging.Pages;
import dev.registrykit.spi.support.Operation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the versions of an image. The API finds none by digest or tag, so that looking for one is reading the
 * list, which may be some seconds old and in any order. Thread-safe.
 */
public final class VersionLists {

  /** The most that the API puts on a page. */
  public static final int MAX_PAGE_SIZE = 100;

  private final GithubApi api;
  private final Owners owners;
  private final int maxPages;

  /** Makes one that reads so many pages of a list at most. */
  public VersionLists(GithubApi api, Owners owners, int maxPages) {
    this.api = api;
    this.owners = owners;
    this.maxPages = maxPages;
  }

  /** Returns the pages of a list of versions, as what the mapper makes of them. */
  public <T> PageNumbers<VersionDocument, T> pages(
      Operation operation,
      ImageRef image,
      int pageSize,
      State state,
      Function<List<Version>, List<T>> mapper) {
    return new PageNumbers<>(
        operation,
        ListingCursors.of("github", "versions", image, state, pageSize),
        page -> api.listVersions(operation, owners.owner(operation), image, page, pageSize, state),
        pageSize,
        version -> Objects.requireNonNullElse(version.getId(), 0L),
        versions -> mapper.apply(versions.stream()
            .map(version -> GithubMapper.version(version, operation))
            .toList()));
  }

  private Iterable<Version> list(Operation operation, ImageRef image, State state, int most) {
    return Pages.of(new Listing<>(
        operation.description(),
        pages(operation, image, MAX_PAGE_SIZE, state, Function.identity()),
        null,
        Version::id,
        version -> true,
        most,
        api.operations()));
  }

  /** Reads all versions; one request a page of 100. */
  public List<Version> all(Operation operation, ImageRef image, State state) {
    return readUntil(operation, image, state, versions -> false);
  }

  /** Reads versions until those that were read are enough. */
  public List<Version> readUntil(
      Operation operation, ImageRef image, State state, Predicate<List<Version>> isEnough) {
    List<Version> read = new ArrayList<>();
    Iterator<Version> versions = list(operation, image, state, maxPages).iterator();
    while (!isEnough.test(read) && versions.hasNext()) {
      read.add(versions.next());
    }
    return read;
  }

  /** Returns the first such version of the list; empty if the whole list has none. */
  public Optional<Version> find(
      Operation operation, ImageRef image, Predicate<? super Version> isMeant) {
    for (Version version : list(operation, image, State.ACTIVE, maxPages)) {
      if (isMeant.test(version)) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  /** Returns such a version of the first page, where new ones are said to be; one request. */
  public Optional<Version> findOnFirstPage(
      Operation operation, ImageRef image, Predicate<? super Version> isMeant) {
    @Nullable String first = null;
    return pages(operation, image, MAX_PAGE_SIZE, State.ACTIVE, Function.<List<Version>>identity())
        .fetch(first)
        .items()
        .stream()
        .filter(isMeant)
        .findFirst();
  }

  /** Reads one version. A 404 is a plain {@link dev.registrykit.NotFoundException}. */
  public Version get(Operation operation, ImageRef image, long id) {
    VersionDocument answer = api.getVersion(operation, owners.owner(operation), image, id);
    Version version = GithubMapper.version(answer, operation);
    if (version.id() != id) {
      throw operation.invalid("GitHub sent another version than asked for");
    }
    return version;
  }
}
