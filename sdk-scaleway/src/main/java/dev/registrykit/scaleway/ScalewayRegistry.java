package dev.registrykit.scaleway;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.PagedIterable;
import dev.registrykit.Registry;
import dev.registrykit.WaitOptions;
import java.util.List;
import java.util.Optional;

/**
 * The Scaleway Container Registry of one region: the facade, and what only Scaleway has.
 *
 * <p>An {@link ImageRef} is {@code namespace/image} here; the image's name may itself have slashes.
 * The API knows both by identifiers only, so the first use of an image looks up its namespace and
 * itself, one request each; the identifiers are kept, and looked up anew when one is gone. From
 * then on a page of tags costs one request, and a tag one.
 * Listing images costs one request a page and one or more for the names of their namespaces.
 *
 * <p>Orders: the server orders tags by creation and by name; by update the SDK does, after reading
 * all tags. The server filters by exact name, the SDK by prefix.
 *
 * <p>Deletion: whatever deletes a tag lists all tags of its image first, one request for each 100, and
 * one more where there are more than 100; so a deletion costs two requests for a small image. Other tags
 * of the same digest are refused with {@link dev.registrykit.SharedDigestException}, before anything is
 * sent that deletes, unless all of them are allowed or the deletion is forced; only then {@code
 * force=true} is sent. What went along is looked up by listing the tags once more, which costs as much
 * again wherever there were siblings. A tag whose digest the registry does not tell may share that of any
 * other, so it counts as a sibling of all. Tags in the state {@code deleting} are nobody's siblings, and
 * to delete one again sends nothing. Look and deletion are not one step: a tag pushed between the two
 * goes unnoticed, unless the service itself refuses; of a tag that moved to another digest meanwhile the
 * result tells the digest that was deleted, and the tags known to share that one which are gone. Things
 * deleted answer with the state {@code deleting} for a while and the service never says when they are
 * gone: the outcome is {@code ACCEPTED}, and the {@code waitUntil…Gone} methods wait for the end.
 *
 * <p>Absence: a 404 counts as "not there" if it is in the registry's own words and speaks of the thing, or
 * if a listing, which is then asked for, lacks it. Any other is a plain {@link NotFoundException}, whose
 * message says that it proves nothing; it ends no wait and is never {@code ALREADY_ABSENT}.
 *
 * <p>Listings are read by page numbers. If tags, images or namespaces are deleted meanwhile, others move
 * into pages that were read before; where the count shrank the SDK reads those pages again, which costs a
 * request each. What is deleted and what is pushed between the same two pages can balance in the count:
 * then a listing of several pages may miss an item, though the one before a deletion does not.
 *
 * <p>Methods whose names end in {@code ById} take the API's own identifiers and need no look-up. To
 * wait by identifier, the first answer must be the thing itself or the registry's own "not found".
 */
public interface ScalewayRegistry extends Registry {

  /** The regions known to have a container registry; others are taken if they look like one. */
  List<String> KNOWN_REGIONS = List.of("fr-par", "nl-ams", "pl-waw");

  /** Starts a registry; region and secret key are needed. */
  static ScalewayRegistryBuilder builder() {
    return new ScalewayRegistryBuilder();
  }

  /**
   * Makes a registry from the vendor's own variables and configuration file, see {@link
   * ScalewayRegistryBuilder#environment(java.util.Map)}. Sends nothing.
   *
   * @throws IllegalArgumentException if region or secret key are missing, or something is malformed
   * @throws java.io.UncheckedIOException if the configuration file cannot be read
   */
  static ScalewayRegistry fromEnvironment() {
    return builder().environment(System.getenv()).build();
  }

  /** Returns the region, such as {@code fr-par}. */
  String region();

  /**
   * Creates a namespace. One request, never repeated.
   *
   * @throws dev.registrykit.BadRequestException if the name is taken by anybody in the region: the
   *     service answers 400
   * @throws IllegalArgumentException if neither the options nor the builder name a project or an
   *     organization
   */
  ScalewayNamespace createNamespace(CreateNamespaceOptions options);

  /** Lists every namespace, oldest first, one request for each 100. */
  PagedIterable<ScalewayNamespace> listNamespaces();

  /** Lists namespaces, one request a page. */
  PagedIterable<ScalewayNamespace> listNamespaces(ListNamespacesOptions options);

  /**
   * Reads a namespace by its name. One request.
   *
   * @throws NotFoundException if there is none
   */
  ScalewayNamespace getNamespace(String name);

  /**
   * Reads a namespace. One request.
   *
   * @throws NotFoundException if there is none
   */
  ScalewayNamespace getNamespaceById(String namespaceId);

  /**
   * Changes a namespace, which its name is looked up for. The change is never repeated.
   *
   * @throws NotFoundException if there is none
   * @throws IllegalArgumentException if the options change nothing
   */
  ScalewayNamespace updateNamespace(String name, UpdateNamespaceOptions options);

  /** Changes a namespace, as {@link #updateNamespace(String, UpdateNamespaceOptions)} does. */
  ScalewayNamespace updateNamespaceById(String namespaceId, UpdateNamespaceOptions options);

  /**
   * Deletes a namespace <b>with all its images and tags</b>; the service asks for no force.
   *
   * @return the namespace on its way out; empty if the answer was lost and the repetition found nothing
   * @throws NotFoundException if there is none
   */
  Optional<ScalewayNamespace> deleteNamespace(String name);

  /** Deletes a namespace, as {@link #deleteNamespace(String)} does. */
  Optional<ScalewayNamespace> deleteNamespaceById(String namespaceId);

  /**
   * Waits until there is no namespace of this name. One request to look it up, and one each time it
   * is looked at.
   *
   * @throws dev.registrykit.RegistryTimeoutException if it is still there at the end
   * @throws dev.registrykit.ConflictException if it is in a state it will not leave by itself
   */
  void waitUntilNamespaceGone(String name, WaitOptions options);

  /** Waits until a namespace is gone, as {@link #waitUntilNamespaceGone} does, without a look-up. */
  void waitUntilNamespaceGoneById(String namespaceId, WaitOptions options);

  /** Lists images with the server's own filters and orders, one request a page. */
  PagedIterable<ScalewayImage> findImages(ImageFilter filter);

  /**
   * Reads an image. One request.
   *
   * @throws NotFoundException if there is none
   */
  ScalewayImage getImageById(String imageId);

  /**
   * Sets who may pull an image. The change is never repeated.
   *
   * @throws ImageNotFoundException if there is none
   * @throws IllegalArgumentException if the visibility is none of the three known
   */
  ScalewayImage setVisibility(ImageRef image, Visibility visibility);

  /** Sets who may pull an image, as {@link #setVisibility(ImageRef, Visibility)} does. */
  ScalewayImage setVisibilityById(String imageId, Visibility visibility);

  /**
   * Deletes an image with all its tags. One request.
   *
   * @return the image on its way out; empty if the answer was lost and the repetition found nothing
   * @throws NotFoundException if there is none
   */
  Optional<ScalewayImage> deleteImageById(String imageId);

  /**
   * Waits until there is no such image. Up to two requests to look it up, and one each time it is
   * looked at.
   *
   * @throws dev.registrykit.RegistryTimeoutException if it is still there at the end
   * @throws dev.registrykit.ConflictException if it is in a state it will not leave by itself
   */
  @Override
  void waitUntilImageGone(ImageRef image, WaitOptions options);

  /** Waits until an image is gone, as {@link #waitUntilImageGone} does, without looking it up. */
  void waitUntilImageGoneById(String imageId, WaitOptions options);

  /**
   * Lists the tags of an image; orders, filters and costs are those of {@link
   * #listTags(ImageRef, ListTagsOptions)}, except that an order the server lacks is refused.
   *
   * @throws dev.registrykit.UnsupportedFeatureException for an order by update
   */
  PagedIterable<ScalewayTag> listTagsByImageId(String imageId, ListTagsOptions options);

  /**
   * Reads a tag. One request.
   *
   * @throws NotFoundException if there is none
   */
  ScalewayTag getTagById(String tagId);

  /** Deletes a tag as {@link #deleteTagById(String, DeleteOptions)} does, strictly. */
  DeleteResult deleteTagById(String tagId);

  /**
   * Deletes a tag. One request to learn its image, and then what a deletion by name costs once the image
   * is known.
   *
   * @throws NotFoundException if there is none, or, with a message that says so, if that is not proved;
   *     {@link DeleteOptions#ignoringMissing()} turns only the first into a result
   * @throws dev.registrykit.SharedDigestException if other tags share its digest that may not go
   * @throws dev.registrykit.PreconditionFailedException if it points to another digest than required
   */
  DeleteResult deleteTagById(String tagId, DeleteOptions options);

  /**
   * Waits until the image has no such tag. Up to three requests to look it up, and one each time it
   * is looked at.
   *
   * @throws dev.registrykit.RegistryTimeoutException if it is still there at the end
   * @throws dev.registrykit.ConflictException if it is in a state it will not leave by itself
   */
  @Override
  void waitUntilTagGone(ImageRef image, String tag, WaitOptions options);

  /** Waits until a tag is gone, as {@link #waitUntilTagGone} does, without looking it up. */
  void waitUntilTagGoneById(String tagId, WaitOptions options);
}
