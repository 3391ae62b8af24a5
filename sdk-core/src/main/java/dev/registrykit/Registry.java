package dev.registrykit;

import java.util.Collection;
import java.util.Optional;

/**
 * A container registry: lists, reads and deletes images and their tags, the same way on every
 * provider.
 *
 * <pre>{@code
 * try (Registry registry = Registries.open(URI.create("scaleway://fr-par"))) {
 *   ImageRef image = ImageRef.of("my-namespace/app");
 *   registry.listTags(image, ListTagsOptions.defaults().withOrder(TagOrder.CHANGED_DESC)).stream()
 *       .limit(10)
 *       .forEach(tag -> System.out.println(tag.name()));
 *   registry.deleteTag(image, "1.2"); // that tag, and no other
 * }
 * }</pre>
 *
 * <p>Make one with the provider's own builder, or with {@link Registries#open(java.net.URI)}; one
 * for the whole application is enough, since it is thread-safe and shares its connections. {@link
 * #close()} it at the end.
 *
 * <p>Every method that asks the registry throws a {@link RegistryException} when the registry says
 * no or cannot be reached: the subclass says what a caller can do about it. Arguments are checked
 * before anything is sent: {@code null} is a {@link NullPointerException}, malformed text, a
 * reference to another registry's host, and a tag that contradicts the reference's own are {@link
 * IllegalArgumentException}s. After {@link #close()} every method that would ask the
 * registry throws {@link IllegalStateException}.
 *
 * <p>Whoever implements this interface extends {@code dev.registrykit.spi.AbstractRegistry}: methods may be
 * added in a minor release, as default methods here or with a meaning that it gives them. Wrappers
 * delegate; those that must not miss a method that is added later are made with {@link
 * java.lang.reflect.Proxy}. What else may change, and what may not, is said with the {@linkplain
 * dev.registrykit package}.
 *
 * <p>An interrupt of the calling thread ends the call at once with a {@link
 * RegistryInterruptedException} and leaves the interrupt flag set. Each call, and each page of a
 * listing, ends within {@link dev.registrykit.http.HttpOptions#withOperationTimeout(java.time.Duration)}.
 *
 * @since 0.1.0
 */
public interface Registry extends AutoCloseable {

  /** Returns the provider's short name, such as {@code scaleway}. */
  String provider();

  /**
   * Returns whether this registry has an ability, or may have it: false means that the call ends in an
   * {@link UnsupportedFeatureException} before anything is sent. Sends nothing.
   */
  default boolean supports(Feature feature) {
    return support(feature) != Support.NO;
  }

  /**
   * Returns what is known about an ability without asking the registry: {@link Support#MAYBE} where it
   * depends on software or settings that have to be tried. Sends nothing.
   */
  Support support(Feature feature);

  /**
   * Returns whether this registry has an ability for an image, asking it where {@link
   * #support(Feature)} is {@link Support#MAYBE}. Changes nothing. What the provider sends for that is
   * said at its own type; otherwise nothing is sent.
   *
   * @throws RegistryException if that cannot be found out now
   */
  boolean checkSupport(ImageRef image, Feature feature);

  /** Lists every image, as {@link #listImages(ListImagesOptions)} with the defaults. */
  PagedIterable<Image> listImages();

  /**
   * Lists images, page by page, one request a page where the provider does not say otherwise.
   * Nothing is sent before the first page is asked for.
   *
   * @throws IllegalArgumentException if the page size is more than the provider allows
   * @throws UnsupportedFeatureException if this registry cannot list images
   */
  PagedIterable<Image> listImages(ListImagesOptions options);

  /**
   * Reads one image.
   *
   * @throws ImageNotFoundException if there is none
   */
  Image getImage(ImageRef image);

  /** Lists every tag, as {@link #listTags(ImageRef, ListTagsOptions)} with the defaults. */
  PagedIterable<Tag> listTags(ImageRef image);

  /**
   * Lists the tags of an image, page by page. Nothing is sent before the first page is asked for.
   *
   * <p>Cost: one request a page where the server orders as asked, and none ahead; with an order
   * the server lacks, all pages are read, held and ordered before the first tag comes out, and again
   * when such a listing is resumed by a cursor. A tag or a digest in {@code image} is not looked at.
   *
   * <p>Without {@link ListTagsOptions#withDetail(TagDetail)}, Scaleway and Blaxel list all they know of
   * a tag, since it costs nothing there, and OCI registries the name alone. An order by date that the SDK
   * makes reads what it needs to. Code that is to run on any provider asks for the detail it needs.
   *
   * @throws IllegalArgumentException if the page size is more than the provider allows, or a cursor
   *     is of another listing or order
   * @throws UnsupportedFeatureException if this registry cannot order so
   */
  PagedIterable<Tag> listTags(ImageRef image, ListTagsOptions options);

  /**
   * Reads one tag, as fully as the provider can.
   *
   * @throws TagNotFoundException if the image has no such tag
   * @throws ImageNotFoundException if there is no such image and the provider says so
   */
  Tag getTag(ImageRef image, String tag);

  /**
   * Reads one tag, as {@link #getTag(ImageRef, String)} does, or returns empty if there is no such
   * tag or no such image and the registry itself says so: a 404 of anything else is an exception.
   */
  Optional<Tag> findTag(ImageRef image, String tag);

  /**
   * Reads the tag that a reference names, such as one of {@link ImageRef#parse(String)}; see {@link
   * #getTag(ImageRef, String)}.
   *
   * @throws IllegalArgumentException if the reference names no tag; none is assumed
   * @throws PreconditionFailedException if the reference names a digest too, and the tag points to
   *     another
   * @throws UnsupportedFeatureException if the reference names a digest, and tags have none here
   */
  Tag getTag(ImageRef reference);

  /**
   * Reads the tag that a reference names, as {@link #getTag(ImageRef)} does, or returns empty as {@link
   * #findTag(ImageRef, String)} does. A tag that points to another digest than the reference names is an
   * exception here too.
   */
  Optional<Tag> findTag(ImageRef reference);

  /** Deletes one tag and nothing else, with {@link DeleteOptions#defaults()}. */
  DeleteResult deleteTag(ImageRef image, String tag);

  /**
   * Deletes one tag. Frees no storage at once on any provider.
   *
   * @throws TagNotFoundException if the image has no such tag
   * @throws ImageNotFoundException if there is no such image and the provider says so
   * @throws SharedDigestException if other tags share the digest and would go too, unless forced or
   *     allowed by {@link DeleteOptions#allowingSiblings}
   * @throws TagInUseException if the provider says that it is in use, forced or not
   * @throws PreconditionFailedException if the tag points to another digest than {@link
   *     DeleteOptions#onlyIfDigest(String)} asks for
   */
  DeleteResult deleteTag(ImageRef image, String tag, DeleteOptions options);

  /**
   * Deletes the tag that a reference names, as {@link #deleteTag(ImageRef, String, DeleteOptions)} does. A
   * digest in the reference is required as by {@link DeleteOptions#onlyIfDigest(String)}.
   *
   * @throws IllegalArgumentException if the reference names no tag, or another digest than the options
   */
  DeleteResult deleteTag(ImageRef reference, DeleteOptions options);

  /**
   * Deletes a tag that was read or listed before, as {@link #deleteTag(ImageRef, String,
   * DeleteOptions)} does, without looking it up by name where it carries the provider's identifier;
   * force and a required digest cost what they cost there. The tag
   * must have been read from this registry: it does not remember where it came from, and another
   * registry may have one of the same name.
   */
  DeleteResult deleteTag(Tag tag, DeleteOptions options);

  /**
   * Deletes many tags of one image, each as {@link #deleteTag(ImageRef, String, DeleteOptions)} does,
   * several at a time, and says of every one how it ended. A name that is given twice counts once; an empty
   * collection sends nothing.
   *
   * <p>What goes wrong with one tag is in its entry and ends no other: a missing tag, one in use, one that
   * shares its digest with a tag that was not named, a server that fails. Only what makes the rest
   * pointless ends the run early, {@link BulkDeleteResult#stoppedBy()}: credentials that are refused, an
   * interrupt, an ability that the registry turns out not to have, and {@link #close()}. That is no
   * exception either, so that nothing of the report is lost: after an interrupt this method returns it as soon
   * as what is under way has ended, and leaves the interrupt flag set.
   *
   * <p>Tags that share a digest and are all named are no hindrance to each other: they go, together where
   * that is the only way. {@link DeleteOptions#allowingSiblings} names others that may go too, {@link
   * DeleteOptions#withForce()} lets all go; a tag that was named and went along with another that was named
   * has a result like that one.
   *
   * <p>A registry that asks to slow down (429) slows the whole run: nothing more is begun until the time it
   * asks for is over, and the tag is tried again then, as often and for as long as {@link
   * dev.registrykit.http.RetryPolicy} allows.
   *
   * <p>Cost: what the deletion of each tag costs, where the provider's own type does not say that less is
   * asked for many. Each tag, or each group of tags that go together, and each look at all of them has the
   * {@linkplain dev.registrykit.http.HttpOptions#withOperationTimeout time of one operation}; the whole has no
   * limit.
   *
   * <p>{@link DeleteOptions#onlyIfDigests} spares every tag that was moved since its digest was read: that one is
   * a {@link PreconditionFailedException}, and does not go along with another but by force.
   *
   * @throws IllegalArgumentException if a name is no tag, or the options require one digest, which cannot
   *     be for many tags, or digests, but not of each tag; nothing has been sent then
   * @throws UnsupportedFeatureException if this registry cannot delete tags, or compare digests where they are
   *     required, and that is known beforehand
   */
  BulkDeleteResult deleteTags(ImageRef image, Collection<String> tags, DeleteOptions options);

  /**
   * Deletes many tags as {@link #deleteTags(ImageRef, Collection, DeleteOptions)} does, and lets a listener refuse
   * each of them, hear how each ended, and end the run. That costs no further request.
   *
   * @throws RuntimeException if the listener throws it, in place of a result
   */
  BulkDeleteResult deleteTags(
      ImageRef image, Collection<String> tags, DeleteOptions options, BulkDeleteListener listener);

  /**
   * Deletes an image with all its tags. {@link DeleteOptions#withForce()} changes nothing here.
   *
   * @throws ImageNotFoundException if there is none
   * @throws ImageInUseException if the provider says that it is in use
   * @throws IllegalArgumentException if the reference names a tag or a digest, or the options a
   *     digest: this deletes the whole image
   */
  DeleteResult deleteImage(ImageRef image, DeleteOptions options);

  /**
   * Waits until an image has no such tag, as after a deletion that was only {@link
   * DeleteOutcome#ACCEPTED}. It is looked at once at least; what a look costs, and what the last one
   * does, is said at the provider's own type.
   *
   * @throws RegistryTimeoutException if it is still there when the time is up
   * @throws ConflictException if the provider says that it is in a state that it will not leave by itself
   */
  void waitUntilTagGone(ImageRef image, String tag, WaitOptions options);

  /**
   * Waits until there is no such image, as {@link #waitUntilTagGone} does for a tag.
   *
   * @throws RegistryTimeoutException if it is still there when the time is up
   * @throws ConflictException if the provider says that it is in a state that it will not leave by itself
   */
  void waitUntilImageGone(ImageRef image, WaitOptions options);

  /**
   * Repairs a tag whose deletion stopped half-way, because it threw an {@link
   * IncompleteDeletionException} or its process was killed: puts the tag back on what it pointed to
   * before, if it points to a placeholder now. Not while another may be deleting the tag. Where
   * deletions leave nothing half done, nothing is sent and the answer is false.
   *
   * @return whether there was anything to repair
   * @throws TagNotFoundException if there is no such tag
   * @throws NotFoundException if what it pointed to is gone by now
   * @throws ConflictException if another pushed the tag meanwhile, or the placeholder is not this tag's
   */
  boolean restoreTag(ImageRef image, String tag);

  /**
   * Releases what the SDK made itself, which a caller's own HTTP client is not. May be repeated.
   * Calls under way on other threads end at once, with a {@link RegistryIOException} that says that
   * the registry was closed and whether they may have taken effect. This method does not wait for
   * them: an answer may be minutes away. On Java 17 the JDK closes idle connections later than this.
   */
  @Override
  void close();
}
