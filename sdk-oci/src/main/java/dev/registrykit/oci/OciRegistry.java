package dev.registrykit.oci;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteResult;
import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.PagedIterable;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.Registry;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.SharedDigestException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.WaitOptions;
import java.net.URI;

/**
 * A registry that speaks the OCI Distribution protocol, and what only such a registry can do.
 *
 * <pre>{@code
 * try (OciRegistry registry = OciRegistry.builder()
 *     .registry("ghcr.io")
 *     .basic(user, token)
 *     .build()) {
 *   System.out.println(registry.getTag(ImageRef.of("my-org/app"), "1.2").digest());
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
 * <p>What the facade's calls cost here, in requests:
 *
 * <table>
 *   <caption>Requests</caption>
 *   <tr><th>call</th><th>requests</th></tr>
 *   <tr><td>{@code listTags}, names</td><td>one a page, followed by {@code Link}</td></tr>
 *   <tr><td>… with digests</td><td>and one HEAD a tag</td></tr>
 *   <tr><td>… in full, or by creation</td><td>one GET a tag, and, once for each digest, one for its configuration:
 *       of an image of which nothing was read before, on a registry of no known kind ({@link
 *       OciPreset#GENERIC}). Elsewhere it is counted who reads a manifest: one HEAD a tag, and, once for each
 *       digest, one for its manifest and one for its configuration. None for the configuration where the
 *       manifest is annotated with its date; none at all where the listing says it, as Google's does; for
 *       an index two more for each platform, up to the first that has a date</td></tr>
 *   <tr><td>{@code getTag}</td><td>one, and one for the configuration of a digest not seen before; for an
 *       index two for each platform that is looked at</td></tr>
 *   <tr><td>{@code deleteTag} where tags can be deleted</td><td>the deletion, and a look whether it is done; a
 *       HEAD before for a required digest, and on Quay a GET</td></tr>
 *   <tr><td>{@code deleteTag} by a placeholder</td><td>six; one more to learn of it, and five where an index is
 *       refused; a listing and more after a server that failed half way</td></tr>
 *   <tr><td>{@code deleteTag} where neither goes</td><td>a listing, a HEAD a tag, a GET an index, and six</td></tr>
 *   <tr><td>{@code deleteTag} forced, where only manifests can be deleted</td><td>a listing, a HEAD for every
 *       other tag, a GET an index, and six: a refusal is asked for twice, because siblings are at stake, and the list
 *       of tags shows in the end which went, or, of one or a few among thousands of tags, a GET for each; where the
 *       tag goes alone, those of the placeholder</td></tr>
 *   <tr><td>{@code deleteTags} where tags can be deleted</td><td>two a tag, as for each alone</td></tr>
 *   <tr><td>{@code deleteTags} by placeholders</td><td>five a tag, and two: one to learn of it and one
 *       probe; where an index is refused, five more, once, and for a Docker image two a tag</td></tr>
 *   <tr><td>{@code deleteTags} forced, where only manifests can be deleted</td><td>once, a listing, a HEAD for
 *       every tag, a GET an index, and three; for each digest three, the last of which is the list of tags, or, of one or a few among
 *       thousands, a GET for each; five for a tag that goes alone, six for the first. What is listed is looked at anew
 *       after a minute</td></tr>
 *   <tr><td>{@code deleteTags} with {@link DeleteOptions#onlyIfDigests}</td><td>and a HEAD a tag where tags can
 *       be deleted; by placeholders one HEAD in all; forced, where only manifests can be deleted, one HEAD in
 *       all and one a digest</td></tr>
 *   <tr><td>{@code deleteImage}</td><td>two listings, a HEAD for every tag, a GET an index, a deletion a
 *       manifest, and one more; two for every tag that stays without its manifest</td></tr>
 *   <tr><td>{@code checkSupport}</td><td>none, one or two; see there</td></tr>
 *   <tr><td>{@code waitUntilTagGone}</td><td>a HEAD a look, and a GET after the last</td></tr>
 *   <tr><td>{@code waitUntilImageGone}</td><td>a list of tags a look, with a page size of one</td></tr>
 *   <tr><td>{@code restoreTag}</td><td>one if there is nothing to repair; else five, six for a Docker
 *       image</td></tr>
 * </table>
 *
 * <p>With a login, the registry is asked first which one it wants, by {@code GET /v2/}: one request
 * for each object of this type, before the first of all others. A registry that shows strangers less
 * than its users so never mistakes one for the other, and a wrong password is noticed at once. A registry
 * that gives tokens costs one request more the first time a repository is read, two the first time it
 * is written to or deleted from, or without a login; and one when the token expires.
 *
 * <p>Without {@code withDetail}, {@code listTags} brings names, and nothing else; but Google's registries
 * add digests, dates and sizes of themselves. Tags that stand for signatures and other referrers are
 * listed unless {@link dev.registrykit.ListTagsOptions#withHousekeepingTags} says otherwise; deletions see
 * them either way.
 *
 * <p>OCI registries know no dates of tags: {@code createdAt} is when the image was built, as its
 * annotation {@code org.opencontainers.image.created} or its configuration says. For an index it is
 * that of its first platform that has one. The dates of reproducible builds, all before 2 January
 * 1980, count as none: no age can be told from them. Sizes are those of configuration and layers,
 * compressed; an index has none. So {@code CHANGED_ASC} and {@code CHANGED_DESC} order by the build too: when a
 * tag was moved, nobody knows.
 *
 * <p>A date is absent only where the image's own bytes have none. One that could not be read is an
 * {@link InvalidResponseException}, or the failure itself, in a listing too, and is not remembered: a
 * configuration that the registry has lost, an index of which platforms are missing while none of
 * the others has a date, one with more than a hundred parts of which the first hundred have none, and
 * manifests of Docker's schema 1, which can be neither verified nor dated.
 *
 * <p>A list is read by its links, which are followed to the list's own address only; an answer that
 * names another repository is refused. Where the last tag of a page is deleted by another before the
 * next page is asked for, registries such as zot do not know that page; it is found again by reading
 * from the beginning, three times at most: one request for each page before it.
 *
 * <p>That a tag or an image is not there, is said only where the registry itself says so: by a 404 in
 * its own form with a code such as {@code MANIFEST_UNKNOWN}, or by its list of tags, which is read to
 * the end after a 404 to a tag that has no such form. Any other 404 is a plain {@link
 * NotFoundException}, which nothing takes for absence.
 *
 * <p>An image is a repository, and is there while it has tags. Names in listings that break the
 * grammar of the specification are left out, since nothing can be asked about them.
 *
 * <p>How a tag is deleted depends on the registry:
 *
 * <ul>
 *   <li>Where tags can be deleted, it goes alone, forced or not.
 *   <li>Where only manifests can, with all their tags, it goes alone by way of a placeholder: a manifest
 *       of nothing is pushed on the tag and deleted. Whatever goes wrong, the original is put back, for
 *       which there are 30 seconds beyond those of the operation; see {@link PlaceholderLeftException}
 *       and {@link #restoreTag}. Such deletions in one repository run one after another.
 *   <li>Where no placeholder is taken, or may be used, that is an {@link
 *       dev.registrykit.UnsupportedFeatureException}; but with {@link DeleteOptions#allowingSiblings} the
 *       manifest is deleted if no tag but those named points to it, and no tagged index lists it. Else a
 *       {@link SharedDigestException} or {@link ManifestInUseException} says why not. All tags are looked
 *       at right before, but a tag that another pushes between the look and the deletion goes too.
 *   <li>Forced, where only manifests can be deleted, the manifest goes with all its tags; but the tag goes
 *       alone, and its siblings stay, where the manifest is a part of a tagged index, which would be broken,
 *       and where nothing but a gateway says how the registry deletes. Force never breaks another tag's index.
 * </ul>
 *
 * <p>{@code deleteTags} does the same with each of its tags. Where a placeholder can be used, each goes alone by
 * one, siblings that are all named too, since no look can be as safe as that. Where none can, tags that share a
 * digest and are all named go together without force, after a listing and a HEAD for every tag right before; a tag that is alone on its
 * digest is an {@link dev.registrykit.UnsupportedFeatureException} as ever, which ends the run. Of many forced
 * ones, what all tags point to is looked at once a minute, so that a sibling or an index
 * that is pushed within it is not seen; but each tag that is deleted itself, and each that is said to have gone
 * along, is looked at then. The digest that {@link DeleteOptions#onlyIfDigests} requires of a tag is compared right
 * before its own deletion. Forced, a tag that was moved to the digest of another
 * goes along with that one, as any sibling does.
 *
 * <p>{@code deleteImage} deletes what tags lead to, and tags that stay without their manifest. A manifest
 * without a tag that no index lists cannot be seen, and stays. Most registries go on naming the emptied
 * repository in {@code listImages}, though {@code getImage} does not find it. An image whose indexes list
 * more than 1,000 indexes that no tag points to, or 200,000 manifests, is not deleted: {@link
 * InvalidResponseException}.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public interface OciRegistry extends Registry {

  /** Starts a registry. */
  static OciRegistryBuilder builder() {
    return new OciRegistryBuilder();
  }

  /**
   * Opens a registry with the logins that Docker and Podman have stored; see {@link
   * OciRegistryBuilder#environment(java.util.Map)}. Sends nothing.
   *
   * @param registry a host such as {@code ghcr.io}, or a URL; see {@link
   *     OciRegistryBuilder#registry(String)}
   */
  static OciRegistry fromEnvironment(String registry) {
    return builder().registry(registry).environment(System.getenv()).build();
  }

  /** Returns where the registry is. */
  URI baseUrl();

  /** Returns what is known of it beforehand. */
  OciPreset preset();

  /**
   * Returns the digest a tag points to; one HEAD, and a GET where that does not tell, as where the tag
   * is not there.
   *
   * @throws TagNotFoundException if there is no such tag
   */
  String resolveTag(ImageRef image, String tag);

  /**
   * Reads a manifest, whose bytes are held against its digest; one request.
   *
   * @param tagOrDigest a tag, or a digest of sha256, sha384 or sha512
   * @throws TagNotFoundException if there is no such tag
   * @throws NotFoundException if there is no manifest of that digest
   * @throws InvalidResponseException if the bytes are not those of the digest, of another type than
   *     the four of {@link OciManifest}, or say another type of themselves than the answer does
   */
  OciManifest getManifest(ImageRef image, String tagOrDigest);

  /**
   * Writes a manifest; one request, and two more for one with a subject on a registry that keeps no list
   * of referrers: its fallback index is read and written then, and a change that another makes at
   * the same time is lost.
   *
   * @param tagOrDigest a tag, or the digest of the bytes
   * @param mediaType one of the four of {@link OciManifest}
   * @param bytes what to store, as it is
   * @return the digest of the bytes
   * @throws IllegalArgumentException if the bytes are no such manifest, or of another digest
   * @throws UnsupportedFeatureException if the registry takes no pushes, as in maintenance
   */
  String putManifest(ImageRef image, String tagOrDigest, String mediaType, byte[] bytes);

  /**
   * Gives a manifest one more tag without moving an image: two requests. A tag of that name is
   * moved.
   *
   * @return the digest
   * @throws TagNotFoundException if there is no such tag
   * @throws NotFoundException if there is no manifest of that digest
   * @throws UnsupportedFeatureException if the registry takes no pushes, as in maintenance
   */
  String tagManifest(ImageRef image, String tagOrDigest, String newTag);

  /**
   * Finds out whether tags or images can be deleted, or images be listed, where the {@link OciPreset} does
   * not say, without changing anything.
   *
   * <p>{@code LIST_IMAGES}: one request, a page of the catalogue with one image, whichever {@code image} is
   * given.
   *
   * <p>{@code DELETE_TAG}: no request where {@code deleteTag} has learnt for this image that tags can be
   * deleted. Otherwise the registry is asked to delete a tag of a made-up name, which it has to look for to
   * say that it is not there; where it deletes manifests only and a placeholder may be used, also to delete
   * a manifest that cannot exist. That tells whether a placeholder could be removed; none is pushed, so
   * whether it is taken, and whether the login may push, shows in the deletion only. {@code DELETE_IMAGE}:
   * the last of these requests.
   *
   * <p>The requests for deletions need the right to delete: with a login that may only pull they end in {@link
   * PermissionDeniedException}, or {@link dev.registrykit.AuthenticationException} where the registry says
   * no more than that.
   *
   * @throws dev.registrykit.ImageNotFoundException if the registry says that there is no such image
   * @throws InvalidResponseException if the registry says that it deleted what cannot exist
   */
  @Override
  boolean checkSupport(ImageRef image, Feature feature);

  /**
   * {@inheritDoc}
   *
   * <p>That is how it is left by a {@code deleteTag} that was killed between two of its requests, or threw a
   * {@link PlaceholderLeftException}: the placeholder names the digest of what the tag pointed to, whose
   * manifest was not deleted. Deleting the tag again finishes the deletion instead. To whoever looks, a
   * deletion that is still under way is the same.
   *
   * <p>One request if the tag points to anything else; five otherwise, six for a Docker image. The
   * placeholder itself stays, without a tag.
   */
  @Override
  boolean restoreTag(ImageRef image, String tag);

  /**
   * Deletes a manifest. Looks at every tag first (a GET, a listing, a HEAD a tag; strict, a GET an
   * index as well), then deletes and looks; forced, where it has tags, a listing more, which shows that they went. Strict, it is
   * deleted only if no tag points to it and no tagged index lists it; an index
   * without a tag cannot be seen. Forced, it goes with all its tags, which the result names.
   *
   * <p>Each call looks at every tag. Where only manifests can be deleted, {@code deleteTags} of a tag of each by
   * force deletes many of them with one look.
   *
   * <p>One with a subject is taken out of the fallback index of its referrers too.
   *
   * @throws SharedDigestException if tags point to it
   * @throws ManifestInUseException if it is a part of a tagged index
   * @throws ConflictException if the registry itself protects it
   * @throws NotFoundException if there is none
   * @throws UnsupportedFeatureException if the registry deletes no manifests
   */
  DeleteResult deleteManifest(ImageRef image, String digest, DeleteOptions options);

  /**
   * Lists what refers to a manifest, such as signatures; one request a page, or two where the
   * registry has no such list and the fallback index of the specification is read.
   */
  PagedIterable<OciDescriptor> listReferrers(ImageRef image, String digest);

  /**
   * Lists what refers to a manifest and is of that type, as {@link #listReferrers(ImageRef, String)}
   * does.
   */
  PagedIterable<OciDescriptor> listReferrers(ImageRef image, String digest, String artifactType);

  /**
   * {@inheritDoc}
   *
   * <p>One HEAD a look, and a GET after the last, for a HEAD cannot say who answered it.
   *
   * @throws PermissionDeniedException if it may not be looked at
   */
  @Override
  void waitUntilTagGone(ImageRef image, String tag, WaitOptions options);

  /**
   * {@inheritDoc}
   *
   * <p>An image is there while it has tags: one list of tags a look, of a page of one. A registry that does
   * not know the image says so in its own form; any other 404 is a {@link NotFoundException}.
   *
   * @throws PermissionDeniedException if it may not be looked at
   */
  @Override
  void waitUntilImageGone(ImageRef image, WaitOptions options);

  /**
   * Waits until a manifest is gone; one request a look, and one more for the last.
   *
   * @throws RegistryTimeoutException if it is still there when the time is up
   * @throws PermissionDeniedException if it may not be looked at
   */
  void waitUntilManifestGone(ImageRef image, String digest, WaitOptions options);
}
