package dev.registrykit.blaxel;

import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.PagedIterable;
import dev.registrykit.Registry;
import dev.registrykit.Tag;
import dev.registrykit.WaitOptions;
import java.util.List;

/**
 * The container images of one Blaxel workspace: the facade, and what only Blaxel has.
 *
 * <pre>{@code
 * try (BlaxelRegistry registry = BlaxelRegistry.builder()
 *     .workspace("my-workspace")
 *     .apiKey(apiKey)
 *     .build()) {
 *   System.out.println(registry.getTag(ImageRef.of("sandbox/my-app"), "1.2").sizeBytes());
 * }
 * }</pre>
 *
 * <p>What every registry does, and what each call means, throws and returns, is said with {@link Registry}:
 * {@link Registry#listImages(dev.registrykit.ListImagesOptions) listImages}, {@link
 * Registry#listTags(ImageRef, dev.registrykit.ListTagsOptions) listTags}, {@link
 * Registry#getTag(ImageRef, String) getTag}, {@link Registry#findTag(ImageRef, String) findTag}, {@link
 * Registry#deleteTag(ImageRef, String, dev.registrykit.DeleteOptions) deleteTag}, {@link
 * Registry#deleteTags(ImageRef, java.util.Collection, dev.registrykit.DeleteOptions) deleteTags}, {@link
 * Registry#deleteImage(ImageRef, dev.registrykit.DeleteOptions) deleteImage}, {@link
 * Registry#waitUntilTagGone(ImageRef, String, dev.registrykit.WaitOptions) waitUntilTagGone}, {@link
 * Registry#restoreTag(ImageRef, String) restoreTag} and {@link
 * Registry#checkSupport(ImageRef, dev.registrykit.Feature) checkSupport}. This page says what they cost
 * here, and what is different.
 *
 * <p>An {@link ImageRef} is {@code resourceType/name} here; the types known are {@code agent},
 * {@code function}, {@code sandbox} and {@code job}, and their plurals are taken for them. Every
 * call of the facade costs one request, {@code deleteTags} one a tag, and each page of a listing one. {@code Registries.open} takes
 * {@code blaxel://<workspace>?base-url=…&api-version=…}; everything else is set by variables, see {@link
 * BlaxelRegistryBuilder#environment(java.util.Map)}.
 *
 * <p>Tags have no digests and no identifiers: {@link dev.registrykit.Tag#digest()} and {@link
 * dev.registrykit.DeleteResult#digest()} are always empty, and a reference or an option that asks for a
 * digest is an {@link dev.registrykit.UnsupportedFeatureException} before anything is sent.
 *
 * <p>Listings: {@code listTags} brings all there is without {@code withDetail}, which is name, size, and
 * when the tag was created and updated; asking for more detail costs no request. The server filters tags by
 * exact name and prefix, images by the beginning of their name.
 *
 * <p>Orders: the server orders tags by name; by creation, by update and by last change the SDK does, after
 * reading all tags. {@link dev.registrykit.TagOrder#CHANGED_DESC} and {@link
 * dev.registrykit.Tag#changedAt()} stand for the service's {@code updatedAt}, and for its {@code createdAt}
 * where a tag has no other.
 *
 * <p>Deletion: {@code withForce()} changes nothing, for there is nothing to force here: what is in
 * use stays, and so does an image that is shared, with all its tags, until it is shared with nobody
 * ({@link dev.registrykit.BadRequestException}). The service answers 400 for what is in use and for
 * whatever else is wrong; it counts as in use unless the answer names another cause. What answers
 * without an error is believed only if it is empty or names the image; anything else is an {@link
 * dev.registrykit.InvalidResponseException}, for the deletion may have taken effect. Nothing is ever left
 * half done, so that {@link Registry#restoreTag} sends nothing and returns false.
 *
 * <p>Waiting: {@link Registry#waitUntilTagGone} and {@link Registry#waitUntilImageGone} cost one request
 * each time they look, which for a tag asks for that name alone; what the absence needs to be proved comes
 * on top, as below.
 *
 * <p>Absence: a 404 means that an image or a tag is not there if the API says so in an error of its
 * own. If it does not, or leaves open which of the two is missing, the tag is looked for in the list
 * of tags and the image in the list of images, one request more each at least; where that shows
 * nothing either, it is a {@link NotFoundException} and nothing narrower.
 *
 * <p>Names: what the service calls an image is kept, whatever its characters; an image of a type that
 * is not known, such as {@code volumeTemplate}, can be used as any other. A name that is not made of
 * letters, digits and {@code - . _} can be listed and shown, but is refused by every call with an
 * {@link IllegalArgumentException}, before anything is sent: servers and proxies do not agree on what
 * the other characters mean in a path, where an empty piece would purge the workspace.
 *
 * <p>Versions of the API: 2026-09-22 is asked for unless {@link BlaxelRegistryBuilder#apiVersion}
 * says otherwise. Older ones send every list whole: the facade does the same with them, but for page
 * sizes and cursors, and orders by name itself; what else they cannot do is refused.
 *
 * @since 0.1.0
 */
public interface BlaxelRegistry extends Registry {

  /** Starts a registry; a workspace and an API key, or a client's id and secret, are needed. */
  static BlaxelRegistryBuilder builder() {
    return new BlaxelRegistryBuilder();
  }

  /**
   * Makes a registry from the vendor's own variables and configuration file, see {@link
   * BlaxelRegistryBuilder#environment(java.util.Map)}. Sends nothing.
   *
   * @throws IllegalArgumentException if workspace or credentials are missing, or something is
   *     malformed
   * @throws java.io.UncheckedIOException if the configuration file cannot be read
   */
  static BlaxelRegistry fromEnvironment() {
    return builder().environment(System.getenv()).build();
  }

  /** Returns the name of the workspace. */
  String workspace();

  /** Returns the version of the API that is asked for, such as {@code 2026-09-22}. */
  String apiVersion();

  /**
   * Lists images as Blaxel describes them, by the server's own filter and orders; those that other
   * workspaces share are among them. One request a page.
   *
   * @throws dev.registrykit.UnsupportedFeatureException with a version of the API before 2026-09-22
   */
  PagedIterable<BlaxelImage> listBlaxelImages(BlaxelImageFilter filter);

  /**
   * Reads an image with all the service knows of it. One request.
   *
   * @throws ImageNotFoundException if there is none
   */
  BlaxelImage describeImage(ImageRef image);

  /**
   * Reads an image that another workspace of the account shares. One request.
   *
   * @throws ImageNotFoundException if there is none
   * @throws dev.registrykit.UnsupportedFeatureException with a version of the API before 2026-09-22
   */
  BlaxelImage describeSharedImage(ImageRef image, String sourceWorkspace);

  /**
   * Lists the tags of an image that another workspace of the account shares, in the server's order:
   * by name. One request a page, and none more for {@code withDetail}.
   *
   * @throws dev.registrykit.UnsupportedFeatureException for an order by date, or with a version of
   *     the API before 2026-09-22
   */
  PagedIterable<Tag> listSharedTags(
      ImageRef image, String sourceWorkspace, ListTagsOptions options);

  /**
   * Registers an image to build or import. One request, never repeated. Sources are uploaded by the
   * caller, to {@link CreatedImage#uploadUrl()}.
   *
   * @throws dev.registrykit.BadRequestException if the service finds it malformed
   */
  CreatedImage createImage(CreateImageOptions options);

  /**
   * Waits until an image is built or imported. One request each time it is looked at.
   *
   * @throws dev.registrykit.RegistryTimeoutException if it is not at the end
   * @throws dev.registrykit.ConflictException if the build failed, or the image is on its way out
   * @throws ImageNotFoundException if there is none
   */
  BlaxelImage waitUntilBuilt(ImageRef image, WaitOptions options);

  /**
   * <b>Deletes every image of the whole workspace that is not in use</b>, whoever made it. One
   * request, never repeated; there is no way back.
   *
   * @param workspaceName the name of this registry's workspace, to confirm that it is meant
   * @throws IllegalArgumentException if that is another workspace's name; nothing is sent then
   */
  PurgeResult purgeAllUnusedImagesOfWorkspace(String workspaceName);

  /**
   * Lists the workspaces an image is shared with. One request.
   *
   * @throws ImageNotFoundException if there is no such image
   */
  List<ImageShare> listShares(ImageRef image);

  /**
   * Shares an image, with all its tags, with a workspace. One request, never repeated.
   *
   * @return whether it is shared, or waits for the other account to accept
   * @throws ImageNotFoundException if there is no such image
   * @throws dev.registrykit.ConflictException if it is shared already, or the name is taken there
   * @throws IllegalArgumentException if the reference names a tag or a digest
   */
  ShareResult shareImage(ImageRef image, String targetWorkspace);

  /** Shares an image with a workspace of another account, as {@link #shareImage(ImageRef, String)}. */
  ShareResult shareImage(ImageRef image, String targetWorkspace, String targetAccountId);

  /**
   * Takes a share back. One request.
   *
   * @throws NotFoundException if there is no such image or no such share
   * @throws IllegalArgumentException if the reference names a tag or a digest
   */
  void unshareImage(ImageRef image, String targetWorkspace);

  /** Lists the shares that wait to be accepted, in that direction. One request. */
  List<PendingShare> listPendingShares(ShareDirection direction);

  /**
   * Accepts a pending share. One request, never repeated.
   *
   * @throws dev.registrykit.PermissionDeniedException if it is not for this workspace (HTTP 403)
   * @throws NotFoundException if there is none (HTTP 404)
   * @throws dev.registrykit.ConflictException if tags collide (HTTP 409)
   * @throws ShareExpiredException if it has expired (HTTP 410)
   */
  BlaxelImage acceptShare(String pendingShareId);

  /**
   * Accepts a pending share as {@link #acceptShare(String)} does, and <b>overwrites tags that
   * collide</b>. This is the API's own force, and has nothing to do with that of deletions.
   */
  BlaxelImage acceptShareOverwritingTags(String pendingShareId);

  /**
   * Declines a pending share. One request, never repeated.
   *
   * @throws dev.registrykit.PermissionDeniedException if it is not for this workspace (HTTP 403)
   * @throws NotFoundException if there is none (HTTP 404)
   */
  void declineShare(String pendingShareId);
}
