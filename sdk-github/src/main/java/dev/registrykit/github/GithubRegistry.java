package dev.registrykit.github;

import dev.registrykit.ConflictException;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.Registry;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.TagNotFoundException;

/**
 * The images of one owner in GitHub's container registry, ghcr.io, and what only GitHub can do.
 *
 * <pre>{@code
 * try (GithubRegistry registry = GithubRegistry.builder()
 *     .owner("my-org")
 *     .environment(System.getenv()) // GITHUB_TOKEN, GH_TOKEN, or the login of docker
 *     .build()) {
 *   registry.deleteTag(ImageRef.of("my-org/app"), "1.2"); // that tag, and no other
 * }
 * }</pre>
 *
 * <p>What every registry does, and what each call means, throws and returns, is said with {@link Registry}. This
 * page says what that costs here, and what is different. Nothing was tried against the real service; {@code
 * docs/github.md} says what is documented by GitHub, and what its users report.
 *
 * <p>An image is a package, named {@code owner/name}, where the name may have slashes. The service has two halves.
 * GitHub's REST API lists versions, each of which is a manifest with all tags that point to it, and deletes them
 * whole. The registry itself knows what tags point to and takes manifests, but deletes nothing. The API may lag
 * behind the registry by seconds.
 *
 * <table>
 *   <caption>Requests</caption>
 *   <tr><th>call</th><th>requests</th></tr>
 *   <tr><td>{@code listImages}</td><td>one a page of 100</td></tr>
 *   <tr><td>{@code getImage}</td><td>one</td></tr>
 *   <tr><td>{@code listTags}</td><td>one a page of 100 versions, those without tags included; in an order, all of
 *       them</td></tr>
 *   <tr><td>{@code getTag}</td><td>one a page up to that of the tag, and a HEAD; of a missing tag all pages</td></tr>
 *   <tr><td>{@code deleteTag}</td><td>one a page until the tag and another tagged version were seen, a HEAD and a
 *       GET; a list of tags, a HEAD for each, and a GET for each other tagged manifest that was not read before; one
 *       to read the version and one to delete it; one or two to see that the tag is gone</td></tr>
 *   <tr><td>… of a tag that shares its version</td><td>the same list; two HEAD, a GET and a PUT of manifests; one a
 *       look at the list, one to read the version and one to delete it; one or two to see that the tag is gone; a
 *       GET, and a HEAD for each sibling but one</td></tr>
 *   <tr><td>{@code deleteTag} forced</td><td>the same list and a HEAD, one to read the version and one to delete it,
 *       one or two to see that the tag is gone, and one or two for each sibling</td></tr>
 *   <tr><td>{@code deleteTags}</td><td>as each alone, but one list of versions, and one look at what the tags point
 *       to, for all of them, anew after a minute</td></tr>
 *   <tr><td>{@code deleteImage}</td><td>one; one more after a 404</td></tr>
 *   <tr><td>{@code waitUntilTagGone}</td><td>a HEAD a look, and a GET after the last</td></tr>
 *   <tr><td>{@code restoreTag}</td><td>one if there is nothing to repair; else five</td></tr>
 * </table>
 *
 * <p>One or two more the first time tell what kind of account the owner is, unless {@link
 * GithubRegistryBuilder#ownerKind} says so, and three what token the registry wants. More than 900 points a
 * minute, of which a read of the API costs 1 and a change 5, are not spent: the next request waits. That is GitHub's
 * documented limit.
 *
 * <p>{@code createdAt} and {@code updatedAt} of a tag are those of its digest: when that was first pushed, and when
 * its version last changed. There are no sizes. The identifier of a tag is that of its version and its name.
 *
 * <p>Deleting: GitHub deletes versions, and with a version all its tags. A strict deletion takes the version if the tag
 * is alone on it, by the word of the registry about every tag, and no tagged index has it as a part. Else it takes the
 * tag alone, by way of a placeholder: a manifest of nothing is pushed on the tag, found in the list of versions by its
 * own digest and its only tag, and deleted by its identifier. Whatever goes wrong then, the tag is put back on what it
 * pointed to, for which there are 30 seconds beyond those of the operation; if even that fails, it is a {@link
 * dev.registrykit.oci.PlaceholderLeftException}. See {@link StrictDeletion} for the other ways, and for what happens to
 * tags that are pushed meanwhile. Nothing is ever deleted for having no tag.
 *
 * <p>Forced, the version goes with all its tags, which the result names, and be it a part of an index.
 *
 * <p>The last tag of an image is a {@link LastVersionException} before anything is changed, and what GitHub keeps for
 * its downloads a {@link DownloadLimitException}, by force and of images; a strict deletion takes the tag by a
 * placeholder then, which has no downloads.
 *
 * <p>Absence: a 404 in the form of GitHub's API to one who reads counts as "not there". To a deletion GitHub answers
 * so too where the token may not delete, so that it is looked at then, and what is there is a {@link
 * PermissionDeniedException}, which says what the kind of token needs. A tag is missing if the registry says so.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public interface GithubRegistry extends Registry {

  /** Starts a registry; the owner and a token are needed. */
  static GithubRegistryBuilder builder() {
    return new GithubRegistryBuilder();
  }

  /**
   * Opens the images of an owner with the token of this process, see {@link
   * GithubRegistryBuilder#environment(java.util.Map)}. Sends nothing.
   *
   * @param owner the login of an organisation or a user
   */
  static GithubRegistry fromEnvironment(String owner) {
    return builder().owner(owner).environment(System.getenv()).build();
  }

  /** Returns the login of the owner, in lower case. */
  String owner();

  /**
   * Brings back a tag that was deleted in the past 30 days, with its version: the version that was deleted last of
   * those that had it. What was a placeholder is put back on what it stood for. Tags that others pushed since are
   * left as they are. GitHub documents that versions can be restored, and not whether their tags come back, so that
   * those are looked at and put back.
   *
   * <p>One request a page of deleted versions, one to restore, a GET, and two to four for each tag of the version.
   *
   * @return the digest that the tag points to now
   * @throws ConflictException if there is such a tag now
   * @throws TagNotFoundException if no version that had it is listed as deleted
   * @throws NotFoundException if the version cannot be restored, or what a placeholder stood for is gone
   * @throws PermissionDeniedException if the token may not restore
   */
  String restoreTagVersion(ImageRef image, String tag);

  /**
   * Brings back an image that was deleted in the past 30 days, with all its versions, if no other has its name now.
   * One request, never repeated; one more if it fails.
   *
   * @throws ConflictException if there is such an image now
   * @throws ImageNotFoundException if there is none to restore, or the token may not
   */
  void restoreImage(ImageRef image);

  /**
   * {@inheritDoc}
   *
   * <p>That is how it is left by a {@code deleteTag} that was killed between two of its requests, or threw a {@link
   * dev.registrykit.oci.PlaceholderLeftException}. Deleting the tag again finishes the deletion instead. A placeholder
   * stays as a version without a tag.
   */
  @Override
  boolean restoreTag(ImageRef image, String tag);

  /**
   * {@inheritDoc}
   *
   * <p>The registry itself is asked, which knows before the list of versions does; a HEAD a look, and a GET after the
   * last.
   *
   * @throws RegistryTimeoutException if it is still there when the time is up
   */
  @Override
  void waitUntilTagGone(ImageRef image, String tag, dev.registrykit.WaitOptions options);
}
