package dev.registrykit.scaleway;

import dev.registrykit.DeleteResult;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.PagedIterable;
import dev.registrykit.Registry;
import dev.registrykit.WaitOptions;
import java.util.List;

/**
 * The Scaleway Container Registry of one region: the facade, and what only Scaleway has.
 *
 * <pre>{@code
 * try (ScalewayRegistry registry = ScalewayRegistry.builder()
 *     .region("fr-par")
 *     .secretKey(secretKey)
 *     .build()) {
 *   System.out.println(registry.getTag(ImageRef.of("my-namespace/app"), "1.2").digest());
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
 * <p>Made by {@link #builder()}, {@link #fromEnvironment()}, or {@link
 * dev.registrykit.Registries#open(java.net.URI) Registries.open} with {@code scaleway://<region>} and any
 * of the parameters {@code profile}, {@code project-id}, {@code organization-id} and {@code base-url},
 * which win over variables: {@code scaleway://fr-par?profile=work}. The secret key comes from a variable
 * or from the configuration file; a URI that holds one is refused.
 *
 * <p>An {@link ImageRef} is {@code namespace/image} here; the image's name may itself have slashes.
 * The API knows both by identifiers only, so the first use of an image looks up its namespace and
 * itself, one request each; the identifiers are kept, and looked up anew when one is gone. From
 * then on a page of tags costs one request, and a tag one. {@link #byId()} needs no look-up.
 * Listing images costs one request a page and one or more for the names of their namespaces.
 *
 * <p>{@code listTags} brings every tag whole, without {@link
 * dev.registrykit.ListTagsOptions#withDetail withDetail} and at no further cost: name, digest, state, the
 * instants of creation and update, and the identifier. Tags have no size here.
 *
 * <p>Orders: the server orders tags by creation and by name; by update and by change the SDK does, after
 * reading all tags. A tag's {@link dev.registrykit.Tag#updatedAt() updatedAt}, and with it its {@link
 * dev.registrykit.Tag#changedAt() changedAt} and the orders {@code CHANGED_…}, is its last push; {@link
 * dev.registrykit.Tag#createdAt() createdAt} is when the name first appeared, and stays when the tag is
 * pushed again. The server filters by exact name, the SDK by prefix.
 *
 * <p>Deletion: tags and images can be deleted on every registry, as {@link #support} says; there is
 * nothing to try out. Whatever deletes a tag lists all tags of its image first, one request for each 100,
 * and one more where there are more than 100; so a deletion costs two requests for a small image. Other
 * tags of the same digest are refused with {@link dev.registrykit.SharedDigestException}, before anything
 * is sent that deletes, unless all of them are allowed or the deletion is forced; only then {@code
 * force=true} is sent. What went along is looked up by listing the tags once more, which costs as much
 * again wherever there were siblings. A tag whose digest the registry does not tell may share that of any
 * other, so it counts as a sibling of all. Tags in the state {@code deleting} are nobody's siblings, and
 * to delete one again sends nothing. Look and deletion are not one step: a tag pushed between the two
 * goes unnoticed, unless the service itself refuses; of a tag that moved to another digest meanwhile the
 * result tells the digest that was deleted, and the tags known to share that one which are gone.
 *
 * <p>{@code deleteTags} looks at all tags of the image once for the whole run, and once more after every two
 * seconds of it, and sends one request a tag. Tags that share a digest and are all named go without force
 * being asked for; {@code force=true} is sent for them. If others went along, they are looked up by one
 * listing at the end. Required digests are compared with the look, and cost nothing more. A
 * {@link dev.registrykit.BulkDeleteListener} is told before that listing, and so of all siblings that may have gone along.
 *
 * <p>Waiting: things deleted answer with the state {@code deleting} for a while and the service never says
 * when they are gone: the outcome is {@code ACCEPTED}, and the {@code waitUntil…Gone} methods wait for the
 * end. That costs one request each time the thing is looked at; before the first look a tag is looked up
 * with up to three requests, an image with up to two and a namespace with one.
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
 * @since 0.1.0
 */
public interface ScalewayRegistry extends Registry {

  /** The regions known to have a container registry; others are taken if they look like one. */
  List<String> KNOWN_REGIONS = List.of("fr-par", "nl-ams", "pl-waw");

  /** Starts a registry; region and secret key are needed. */
  static ScalewayRegistryBuilder builder() {
    return new ScalewayRegistryBuilder();
  }

  /**
   * Makes a registry from the vendor's own variables, as this process has them, and its configuration
   * file, see {@link ScalewayRegistryBuilder#environment(java.util.Map)}. Sends nothing.
   *
   * @throws IllegalArgumentException if region or secret key are missing, or something is malformed
   * @throws java.io.UncheckedIOException if the configuration file cannot be read
   */
  static ScalewayRegistry fromEnvironment() {
    return builder().environment(System.getenv()).build();
  }

  /** Returns the region, such as {@code fr-par}. */
  String region();

  /** Returns a view of this registry by the API's own identifiers instead of names. */
  ScalewayRegistryById byId();

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

  /**
   * Lists namespaces, one request a page.
   *
   * @throws IllegalArgumentException if a cursor is of another listing
   */
  PagedIterable<ScalewayNamespace> listNamespaces(ListNamespacesOptions options);

  /**
   * Reads a namespace by its name. One request.
   *
   * @throws NotFoundException if there is none
   */
  ScalewayNamespace getNamespace(String name);

  /**
   * Changes a namespace. One request, never repeated, and one before it to look its name up, unless it
   * is known.
   *
   * @throws NotFoundException if there is none
   * @throws IllegalArgumentException if the options change nothing
   */
  ScalewayNamespace updateNamespace(String name, UpdateNamespaceOptions options);

  /**
   * Deletes a namespace <b>with all its images and tags</b>; the service asks for no force. One request,
   * and one before it to look its name up, unless it is known.
   *
   * @return {@code ACCEPTED}, or {@code ALREADY_ABSENT} if the answer was lost and the repetition found
   *     nothing
   * @throws NotFoundException if there is none
   */
  DeleteResult deleteNamespace(String name);

  /**
   * Waits until there is no namespace of this name. One request to look it up, and one each time it
   * is looked at.
   *
   * @throws dev.registrykit.RegistryTimeoutException if it is still there at the end
   * @throws dev.registrykit.ConflictException if it is in a state it will not leave by itself
   */
  void waitUntilNamespaceGone(String name, WaitOptions options);

  /**
   * Lists images as Scaleway describes them, with the server's own filters and orders, one request a
   * page. {@link #listImages(dev.registrykit.ListImagesOptions)} tells their namespaces by name.
   *
   * @throws IllegalArgumentException if a cursor is of another listing
   */
  PagedIterable<ScalewayImage> listScalewayImages(ScalewayImageFilter filter);

  /**
   * Sets who may pull an image. One request, never repeated, and up to two before it to look the image
   * up, unless it is known.
   *
   * @throws ImageNotFoundException if there is none
   * @throws IllegalArgumentException if the visibility is none of the three known
   */
  ScalewayImage setVisibility(ImageRef image, Visibility visibility);
}
