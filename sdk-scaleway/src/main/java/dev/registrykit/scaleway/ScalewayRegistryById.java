package dev.registrykit.scaleway;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.NotFoundException;
import dev.registrykit.PagedIterable;
import dev.registrykit.WaitOptions;

/**
 * A {@link ScalewayRegistry} by the API's own identifiers instead of names, so that nothing has to be
 * looked up. From {@link ScalewayRegistry#byId()}; thread-safe, and closed with its registry.
 *
 * <p>Identifiers are UUIDs, in lower or upper case; anything else is an {@link
 * IllegalArgumentException} before anything is sent. What is missing is a {@link NotFoundException},
 * whose message says so where that is not proved.
 *
 * <p>To wait, the first answer must be the thing itself or the registry's own "not found". A wait costs
 * one request each time the thing is looked at, and a listing of its name where a 404 is not the
 * registry's own.
 *
 * @since 0.1.0
 */
public interface ScalewayRegistryById {

  /**
   * Reads a namespace. One request.
   *
   * @throws NotFoundException if there is none
   */
  ScalewayNamespace getNamespace(String namespaceId);

  /**
   * Changes a namespace. One request, never repeated.
   *
   * @throws NotFoundException if there is none
   * @throws IllegalArgumentException if the options change nothing
   */
  ScalewayNamespace updateNamespace(String namespaceId, UpdateNamespaceOptions options);

  /**
   * Deletes a namespace <b>with all its images and tags</b>; the service asks for no force. One request.
   *
   * @return {@code ACCEPTED}, or {@code ALREADY_ABSENT} if the answer was lost and the repetition found
   *     nothing
   * @throws NotFoundException if there is none
   */
  DeleteResult deleteNamespace(String namespaceId);

  /**
   * Waits until there is no such namespace.
   *
   * @throws dev.registrykit.RegistryTimeoutException if it is still there at the end
   * @throws dev.registrykit.ConflictException if it is in a state it will not leave by itself
   */
  void waitUntilNamespaceGone(String namespaceId, WaitOptions options);

  /**
   * Reads an image. One request.
   *
   * @throws NotFoundException if there is none
   */
  ScalewayImage getImage(String imageId);

  /**
   * Sets who may pull an image. One request, never repeated.
   *
   * @throws NotFoundException if there is none
   * @throws IllegalArgumentException if the visibility is none of the three known
   */
  ScalewayImage setVisibility(String imageId, Visibility visibility);

  /**
   * Deletes an image with all its tags. One request.
   *
   * @return {@code ACCEPTED}, or {@code ALREADY_ABSENT} if the answer was lost and the repetition found
   *     nothing
   * @throws NotFoundException if there is none
   */
  DeleteResult deleteImage(String imageId);

  /**
   * Waits until there is no such image.
   *
   * @throws dev.registrykit.RegistryTimeoutException if it is still there at the end
   * @throws dev.registrykit.ConflictException if it is in a state it will not leave by itself
   */
  void waitUntilImageGone(String imageId, WaitOptions options);

  /**
   * Lists the tags of an image, one request a page; orders and filters are those of {@link
   * ScalewayRegistry#listTags(dev.registrykit.ImageRef, ListTagsOptions)}, except that an order the
   * server lacks is refused. A tag comes whole, whatever detail is asked for.
   *
   * @throws dev.registrykit.UnsupportedFeatureException for an order by update or by change
   * @throws IllegalArgumentException if the page size is more than 100, or a cursor is of another listing
   */
  PagedIterable<ScalewayTag> listTags(String imageId, ListTagsOptions options);

  /**
   * Reads a tag. One request.
   *
   * @throws NotFoundException if there is none
   */
  ScalewayTag getTag(String tagId);

  /** Deletes a tag and nothing else, with {@link DeleteOptions#defaults()}. */
  DeleteResult deleteTag(String tagId);

  /**
   * Deletes a tag. One request to learn its image, and then what a deletion by name costs once the image
   * is known.
   *
   * @throws NotFoundException if there is none, or, with a message that says so, if that is not proved;
   *     {@link DeleteOptions#ignoringMissing()} turns only the first into a result
   * @throws dev.registrykit.SharedDigestException if other tags share its digest that may not go
   * @throws dev.registrykit.PreconditionFailedException if it points to another digest than required
   */
  DeleteResult deleteTag(String tagId, DeleteOptions options);

  /**
   * Waits until there is no such tag.
   *
   * @throws dev.registrykit.RegistryTimeoutException if it is still there at the end
   * @throws dev.registrykit.ConflictException if it is in a state it will not leave by itself
   */
  void waitUntilTagGone(String tagId, WaitOptions options);
}
