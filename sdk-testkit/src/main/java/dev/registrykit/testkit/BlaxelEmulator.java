package dev.registrykit.testkit;

import dev.registrykit.testkit.internal.blaxel.EmulatedBlaxel;
import dev.registrykit.testkit.internal.blaxel.ImageKey;
import dev.registrykit.testkit.internal.blaxel.Workspace;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The image API of a Blaxel workspace on a free port of 127.0.0.1, with state.
 *
 * <pre>{@code
 * try (BlaxelEmulator emulator = BlaxelEmulator.start();
 *     Registry registry = Registries.open(emulator.uri(), emulator.environment(), HttpOptions.defaults())) {
 *   emulator.addTag("sandbox/web", "1.2");
 *   registry.deleteTag(ImageRef.of("sandbox/web"), "1.2");
 * }
 * }</pre>
 *
 * <p>All operations on images, tags and shares work, and the token endpoint does. Each request is
 * answered in the generation that its {@code Blaxel-Version} names: since 2026-09-22 lists are paged
 * and images come without their tags; with 2026-04-28, 2026-04-16 or none, lists are whole, images
 * have all their tags, and there is no listing of tags. Times and ids are the same in every run.
 *
 * <p><b>{@code DELETE /images} purges a workspace.</b> Unless a test calls {@link #allowPurge()}, the
 * emulator refuses it with 501, deletes nothing, and {@link #assertNotPurged()} fails, which {@link
 * BlaxelEmulatorExtension} calls after each test. Empty pieces and dots of a path are dropped, so
 * that a client which sends them gets there; an image's name with a colon deletes a tag.
 *
 * <p><b>As documented, or as the vendor's own clients expect:</b> operations, fields and statuses;
 * cursors with characters that need escaping; the answer to an unknown version; 400 for a wrong
 * client; the three shapes of errors.
 *
 * <p><b>Synthetic, because nothing was recorded:</b>
 *
 * <ul>
 *   <li>which of the shapes images answer with, and every wording: above all that of "in use";
 *   <li>401 for a missing or wrong key, 403 for another workspace, 400 for none;
 *   <li>404 for a missing image when its tags are listed, and that it is told from a missing tag;
 *   <li>400 for a limit above 100, for a cursor of another listing and for a wrong order;
 *   <li>that what is shared cannot be deleted, with 400; that an image stays without tags;
 *   <li>how many reads a build takes; what a share collides with; sizes and times.
 * </ul>
 *
 * <p>Speaks HTTP/1.1 only, never compresses. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BlaxelEmulator extends Emulator {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  private final EmulatedBlaxel service;
  private final BlaxelFaults faults;

  private BlaxelEmulator(EmulatedBlaxel service) {
    super(service);
    this.service = service;
    this.faults = new BlaxelFaults(service);
  }

  /**
   * Starts an empty emulator; close it to free its port and threads.
   *
   * @return a running emulator
   */
  public static BlaxelEmulator start() {
    return new BlaxelEmulator(new EmulatedBlaxel());
  }

  /**
   * How it deviates from what is documented or assumed.
   *
   * @return the same one always
   */
  public BlaxelFaults faults() {
    return faults;
  }

  /**
   * {@inheritDoc}
   *
   * @return {@code blaxel://acme?base-url=http://127.0.0.1:port/v0}
   */
  @Override
  public URI uri() {
    return URI.create("blaxel://" + workspace() + "?base-url=" + apiUrl());
  }

  /**
   * {@inheritDoc}
   *
   * @return {@code BL_API_KEY}
   */
  @Override
  public Map<String, String> environment() {
    return Map.of("BL_API_KEY", apiKey());
  }

  /**
   * Where the API is, for a client's base URL.
   *
   * @return {@link #baseUrl()} and {@code /v0}
   */
  public URI apiUrl() {
    return URI.create(baseUrl() + "/v0");
  }

  /**
   * The workspace there is.
   *
   * @return {@code acme}
   */
  public String workspace() {
    return Workspace.NAME;
  }

  /**
   * The account of the workspace.
   *
   * @return an identifier
   */
  public String accountId() {
    return Workspace.ACCOUNT;
  }

  /**
   * The only API key that is let in; tokens of the client are, too.
   *
   * @return a text that is no real credential
   */
  public String apiKey() {
    return Workspace.API_KEY;
  }

  /**
   * The id of the only client that gets tokens.
   *
   * @return a text without a colon
   */
  public String clientId() {
    return Workspace.CLIENT_ID;
  }

  /**
   * The secret of that client.
   *
   * @return a text that is no real credential
   */
  public String clientSecret() {
    return Workspace.CLIENT_SECRET;
  }

  /**
   * Id and secret of that client as the vendor's variable has them.
   *
   * @return {@code id:secret} in Base64
   */
  public String clientCredentials() {
    String pair = clientId() + ":" + clientSecret();
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds an image without tags; one that is there already stays as it is.
   *
   * @param image type and name, such as {@code sandbox/app}
   */
  public void addImage(String image) {
    service.addImage(own(image));
  }

  /**
   * Pushes a tag; adds the image when missing. One of that name keeps its creation, unless the content
   * has dates. Otherwise it is dated one second later than the last thing written; dates of the content
   * that are missing are not answered. Tags have no digests here, so nothing else of the content is used.
   */
  @Override
  public AddedTag addTag(String image, String tag, TagContent content) {
    TagContent.Dates dates = content.dates().orElse(null);
    if (dates == null) {
      service.addTag(own(image), tagName(tag));
    } else {
      service.addTag(own(image), tagName(tag), dates.createdAt(), dates.updatedAt());
    }
    return AddedTag.of(null, null);
  }

  /**
   * Adds tags {@code t-000000}, {@code t-000001}, … one second apart; a second call goes on where
   * the first ended.
   *
   * @param image type and name, such as {@code sandbox/app}
   * @param count how many
   */
  @Override
  public void addTags(String image, int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count: " + count);
    }
    service.addTags(own(image), count);
  }

  /**
   * Adds an image that another workspace of the account shares with this one. It is listed beside
   * one's own, and read with {@code sourceWorkspace}.
   *
   * @param sourceWorkspace the workspace that owns it
   * @param image type and name, such as {@code sandbox/app}
   * @param tags its tags
   */
  public void addSharedImage(String sourceWorkspace, String image, String... tags) {
    ImageKey own = own(image);
    ImageKey key = new ImageKey(own.resourceType(), own.name(), name(sourceWorkspace));
    service.addImage(key);
    for (String tag : tags) {
      service.addTag(key, tagName(tag));
    }
  }

  /**
   * Sets the size of a tag; 5 MiB otherwise.
   *
   * @param image type and name, such as {@code sandbox/app}
   * @param tag the tag's name
   * @param bytes the size in bytes
   */
  public void setTagSize(String image, String tag, long bytes) {
    service.setTagSize(own(image), tagName(tag), bytes);
  }

  /**
   * Sets whether something runs from a tag; then neither it nor its image can be deleted.
   *
   * @param image type and name, such as {@code sandbox/app}
   * @param tag the tag's name
   * @param isInUse whether it is in use
   */
  public void setInUse(String image, String tag, boolean isInUse) {
    service.setInUse(own(image), tagName(tag), isInUse);
  }

  /**
   * Sets the state of an image; {@code BUILT} otherwise.
   *
   * @param image type and name, such as {@code sandbox/app}
   * @param status any text
   */
  public void setStatus(String image, String status) {
    service.setStatus(own(image), Objects.requireNonNull(status, "status"));
  }

  /**
   * The tags that are there.
   *
   * @param image type and name, such as {@code sandbox/app}
   * @return names in their order; empty when there is no such image
   */
  @Override
  public List<String> tagNames(String image) {
    return service.tagNames(own(image));
  }

  /**
   * The workspace's own images.
   *
   * @return their paths, such as {@code sandbox/app}, by name
   */
  public List<String> imagePaths() {
    return service.imagePaths();
  }

  /**
   * Adds a share of another account that waits for this workspace to accept it.
   *
   * @param sourceWorkspace the workspace that shares
   * @param image type and name, such as {@code sandbox/app}
   * @param tags its tags; they collide with tags of the same names of one's own image of that name
   * @return the identifier of the pending share
   */
  public String addPendingShare(String sourceWorkspace, String image, String... tags) {
    return service.addPendingShare(own(image), name(sourceWorkspace), Arrays.asList(tags));
  }

  /**
   * Lets a pending share expire.
   *
   * @param pendingShareId its identifier
   */
  public void expirePendingShare(String pendingShareId) {
    service.expirePendingShare(pendingShareId);
  }

  /** Revokes every token given out so far: they are refused with 401 {@code TOKEN_REVOKED}. */
  public void revokeTokens() {
    service.revokeTokens();
  }

  /**
   * Sets what tokens say of how long they live; two hours otherwise. None expires by itself.
   *
   * @param lifetime in whole seconds
   */
  public void setTokenLifetime(Duration lifetime) {
    service.setTokenLifetime(Objects.requireNonNull(lifetime, "lifetime"));
  }

  /**
   * Sets how long builds last from now on; one read otherwise.
   *
   * @param reads how many reads of an image still answer {@code BUILDING}
   */
  public void setBuildReads(int reads) {
    if (reads < 0) {
      throw new IllegalArgumentException("reads: " + reads);
    }
    service.setBuildReads(reads);
  }

  /** Lets {@code DELETE /images} delete every image that is neither in use nor shared. */
  public void allowPurge() {
    service.allowPurge();
  }

  /**
   * How often {@code DELETE /images} was reached.
   *
   * @return allowed or not
   */
  public long purgeCount() {
    return service.purgeCount();
  }

  /**
   * Fails if {@code DELETE /images} was reached before {@link #allowPurge()}.
   *
   * @throws AssertionError if so
   */
  public void assertNotPurged() {
    if (service.unexpectedPurgeCount() > 0) {
      throw new AssertionError(
          "the purge of the whole workspace, DELETE /images, was reached unexpectedly");
    }
  }

  @Override
  void resetService() {
    service.reset();
  }

  private static ImageKey own(String image) {
    int slash = image.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not a type and a name: " + image);
    }
    return ImageKey.own(name(image.substring(0, slash)), name(image.substring(slash + 1)));
  }

  private static String name(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a name: " + name);
    }
    return name;
  }

  private static String tagName(String tag) {
    if (!TAG.matcher(tag).matches()) {
      throw new IllegalArgumentException("not a tag name: " + tag);
    }
    return tag;
  }
}
