package dev.registrykit.testkit;

import dev.registrykit.testkit.internal.scaleway.EmulatedRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A Scaleway Container Registry (API v1) on a free port of 127.0.0.1, with state.
 *
 * <p>All twelve operations work on namespaces, images and tags that a test puts in or creates over
 * the API. Every well-formed region exists and has a state of its own; the {@code add…} methods
 * fill {@link #region()}. Ids, times and digests are the same in every run.
 *
 * <p><b>As recorded from the real service:</b> the order of the fields; nine fraction digits for
 * timestamps that the answer has just set and six, rounded, for all others; DELETE answering 200
 * with status {@code deleting}; things being deleted staying listed and counted; at most five names
 * in an image's {@code tags}; {@code 400} for a namespace that already exists or has an illegal
 * name; {@code 404} for a missing namespace; sizes as numbers; a {@code Date}, the gateway's
 * security headers and a fresh {@code X-Request-Id} on every answer.
 *
 * <p><b>Synthetic, because nothing was recorded:</b>
 *
 * <ul>
 *   <li>401 for a missing or wrong {@code X-Auth-Token}, with the {@code denied_authentication}
 *       shape of other products;
 *   <li>400 {@code invalid_arguments} for a page below 1, a page size below 1 or above 100, an
 *       unknown {@code order_by}, a malformed region, id or body, an unknown visibility and
 *       two owner ids at once; the default page size of 50 is reported, not recorded;
 *   <li>the wording of 404 for images and tags, 404 for unknown paths, 405 for other methods;
 *   <li>the refusal to delete a tag that shares its digest, and what {@code force=true} takes;
 *   <li>how many reads a deletion lasts; a deleting namespace or image counts one read for every
 *       request that shows it or anything in it;
 *   <li>that names sort by UTF-16 code units and that null or absent fields of a PATCH change
 *       nothing;
 *   <li>that an image stays when its last tag is gone, with size 0; sizes in general;
 *   <li>that pushing an existing tag again keeps its id and creation time.
 * </ul>
 *
 * <p>Speaks HTTP/1.1 only, never compresses. Thread-safe.
 */
public final class ScalewayEmulator extends Emulator {
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  private final EmulatedRegistry registry;

  private ScalewayEmulator(EmulatedRegistry registry) {
    super(registry);
    this.registry = registry;
  }

  /**
   * Starts an empty emulator; close it to free its port and threads.
   *
   * @return a running emulator
   */
  public static ScalewayEmulator start() {
    return new ScalewayEmulator(new EmulatedRegistry());
  }

  /**
   * A digest that is the same for the same text, for use in tests.
   *
   * @param text anything
   * @return {@code sha256:} and the SHA-256 of the text's UTF-8 bytes in lower-case hex
   */
  public static String digestOf(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * The only secret key that is let in.
   *
   * @return a UUID that is no real credential
   */
  public String secretKey() {
    return EmulatedRegistry.SECRET_KEY;
  }

  /**
   * The region that the {@code add…} methods fill.
   *
   * @return {@code fr-par}
   */
  public String region() {
    return EmulatedRegistry.REGION;
  }

  /**
   * The project of every namespace that was not created for another one.
   *
   * @return a UUID
   */
  public String projectId() {
    return EmulatedRegistry.PROJECT_ID;
  }

  /**
   * The organization of {@link #projectId()}.
   *
   * @return a UUID that differs from the project's
   */
  public String organizationId() {
    return EmulatedRegistry.ORGANIZATION_ID;
  }

  /**
   * Adds a namespace; one that is there already stays as it is.
   *
   * @param name letters, digits and hyphens
   * @return its id
   * @throws IllegalStateException when it is being deleted
   */
  public String addNamespace(String name) {
    return registry.addNamespace(required(name, "name"));
  }

  /**
   * Adds an image, and its namespace when missing; one that is there already stays as it is.
   *
   * @param namespace letters, digits and hyphens
   * @param image the image's name; may contain slashes
   * @return the image's id
   * @throws IllegalStateException when it is being deleted
   */
  public String addImage(String namespace, String image) {
    return registry.addImage(required(namespace, "namespace"), required(image, "image"));
  }

  /**
   * Pushes a tag, as one second later than the last thing written; adds image and namespace when
   * missing. A tag of that name is moved to the digest and keeps its id and creation time.
   *
   * @param namespace letters, digits and hyphens
   * @param image the image's name; may contain slashes
   * @param tag the tag's name
   * @param digest {@code sha256:} and 64 lower-case hex digits, see {@link #digestOf}
   * @return the tag's id
   * @throws IllegalStateException when the image is being deleted
   */
  public String addTag(String namespace, String image, String tag, String digest) {
    return registry.addTag(
        required(namespace, "namespace"), required(image, "image"), tagName(tag), digest(digest));
  }

  /**
   * Pushes a tag with given times; adds image and namespace when missing.
   *
   * @param namespace letters, digits and hyphens
   * @param image the image's name; may contain slashes
   * @param tag the tag's name
   * @param digest {@code sha256:} and 64 lower-case hex digits, see {@link #digestOf}
   * @param createdAt answered rounded to microseconds
   * @param updatedAt answered rounded to microseconds
   * @return the tag's id
   * @throws IllegalStateException when the image is being deleted
   */
  public String addTag(
      String namespace,
      String image,
      String tag,
      String digest,
      Instant createdAt,
      Instant updatedAt) {
    return registry.addTag(
        required(namespace, "namespace"),
        required(image, "image"),
        tagName(tag),
        digest(digest),
        Objects.requireNonNull(createdAt, "createdAt"),
        Objects.requireNonNull(updatedAt, "updatedAt"));
  }

  /**
   * Adds tags {@code t-000000}, {@code t-000001}, … one second apart, each with a digest of its
   * own; a second call goes on where the first ended. A tag of such a name that is already there stays as
   * it is. A generated tag costs no memory until it is deleted or pushed again.
   *
   * @param namespace letters, digits and hyphens
   * @param image the image's name; may contain slashes
   * @param count how many, at most 1,000,000 in one image
   * @throws IllegalStateException when the image is being deleted
   */
  public void addTags(String namespace, String image, int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count: " + count);
    }
    registry.addTags(required(namespace, "namespace"), required(image, "image"), count);
  }

  /**
   * Sets the size that an image reports while it has tags; 5 MiB otherwise.
   *
   * @param namespace letters, digits and hyphens
   * @param image the image's name; may contain slashes
   * @param bytes the size in bytes
   */
  public void setImageSize(String namespace, String image, long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes: " + bytes);
    }
    registry.setImageSize(required(namespace, "namespace"), required(image, "image"), bytes);
  }

  /**
   * The tags that are there and not being deleted; asking does not count as a read.
   *
   * @param namespace the namespace's name
   * @param image the image's name
   * @return names, oldest first; empty when there is no such image
   */
  public List<String> tagNames(String namespace, String image) {
    return registry.tagNames(required(namespace, "namespace"), required(image, "image"));
  }

  /**
   * Sets how long deletions last from now on; one read otherwise.
   *
   * @param reads how many requests that show a deleted thing still answer {@code deleting}; 0 makes
   *     it go at once
   */
  public void setDeletionPolls(int reads) {
    if (reads < 0) {
      throw new IllegalArgumentException("reads: " + reads);
    }
    registry.setDeletionPolls(reads);
  }

  /**
   * Makes pages shorter than asked for, without saying so.
   *
   * @param size the most items on a page, at least 1
   */
  public void setMaxPageSize(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("size: " + size);
    }
    registry.setMaxPageSize(size);
  }

  /**
   * Sets whether deleting a tag without force is refused while another tag has its digest; true
   * otherwise. When false, only the named tag goes. Synthetic both ways.
   *
   * @param refused whether to refuse
   */
  public void setSharedDigestRefused(boolean refused) {
    registry.setSharedDigestRefused(refused);
  }

  /**
   * Sets how the deletion of a tag that shares its digest is refused; 412 with the {@code
   * precondition_failed} shape of other products otherwise. Synthetic.
   *
   * @param status an HTTP status
   * @param body sent as JSON, not checked
   */
  public void setSharedDigestRefusal(int status, String body) {
    registry.setSharedDigestRefusal(status, Objects.requireNonNull(body, "body"));
  }

  /**
   * Sets whether {@code force}, which the API calls deprecated, makes a difference; true otherwise.
   * When false, every deletion of a tag is done as if forced: none is refused, and the siblings go
   * too unless {@link #setForceTakesSiblings} spares them. Synthetic both ways.
   *
   * @param enforced whether a deletion without force is another one
   */
  public void setForceEnforced(boolean enforced) {
    registry.setForceEnforced(enforced);
  }

  /**
   * Sets whether {@code force=true} deletes all tags of the digest (true otherwise) or only the
   * named one. Synthetic both ways.
   *
   * @param takes whether the siblings go too
   */
  public void setForceTakesSiblings(boolean takes) {
    registry.setForceTakesSiblings(takes);
  }

  @Override
  void resetService() {
    registry.reset();
  }

  private static String tagName(String tag) {
    if (!TAG.matcher(tag).matches()) {
      throw new IllegalArgumentException("not a tag name: " + tag);
    }
    return tag;
  }

  private static String digest(String digest) {
    if (!DIGEST.matcher(digest).matches()) {
      throw new IllegalArgumentException("not a digest: " + digest);
    }
    return digest;
  }

  private static String required(String text, String what) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(what + " is blank");
    }
    return text;
  }
}
