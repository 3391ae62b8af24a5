package dev.registrykit.testkit;

import dev.registrykit.testkit.internal.scaleway.EmulatedRegistry;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Scaleway Container Registry (API v1) on a free port of 127.0.0.1, with state.
 *
 * <pre>{@code
 * try (ScalewayEmulator emulator = ScalewayEmulator.start();
 *     Registry registry = Registries.open(emulator.uri(), emulator.environment(), HttpOptions.defaults())) {
 *   emulator.addTag("shop/web", "1.2");
 *   registry.deleteTag(ImageRef.of("shop/web"), "1.2");
 * }
 * }</pre>
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
 *
 * @since 0.1.0
 */
public final class ScalewayEmulator extends Emulator {
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  private final EmulatedRegistry registry;
  private final ScalewayFaults faults;

  private ScalewayEmulator(EmulatedRegistry registry) {
    super(registry);
    this.registry = registry;
    this.faults = new ScalewayFaults(registry);
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
   * How it deviates from what is recorded or assumed.
   *
   * @return the same one always
   */
  public ScalewayFaults faults() {
    return faults;
  }

  /**
   * {@inheritDoc}
   *
   * @return {@code scaleway://fr-par?base-url=http://127.0.0.1:port}
   */
  @Override
  public URI uri() {
    return URI.create("scaleway://" + region() + "?base-url=" + baseUrl());
  }

  /**
   * {@inheritDoc}
   *
   * @return {@code SCW_SECRET_KEY}
   */
  @Override
  public Map<String, String> environment() {
    return Map.of("SCW_SECRET_KEY", secretKey());
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
   * @param image namespace and name, such as {@code shop/app}; the name may contain slashes
   * @return the image's id
   * @throws IllegalStateException when it is being deleted
   */
  public String addImage(String image) {
    String[] path = path(image);
    return registry.addImage(path[0], path[1]);
  }

  /**
   * Pushes a tag; adds image and namespace when missing. One of that name is moved and keeps its id, and
   * its creation unless the content has dates. Otherwise it is dated one second later than the last thing
   * written. Given dates are answered rounded to microseconds.
   *
   * @throws IllegalArgumentException when the content has dates and one of them is missing
   * @throws IllegalStateException when the image is being deleted
   */
  @Override
  public AddedTag addTag(String image, String tag, TagContent content) {
    String[] path = path(image);
    String digest = content.digest().orElseGet(() -> digestOf(content.text()));
    TagContent.Dates dates = content.dates().orElse(null);
    String id = dates == null
        ? registry.addTag(path[0], path[1], tagName(tag), digest(digest))
        : registry.addTag(
            path[0],
            path[1],
            tagName(tag),
            digest(digest),
            required(dates.createdAt(), "createdAt"),
            required(dates.updatedAt(), "updatedAt"));
    return AddedTag.of(id, digest);
  }

  /**
   * Adds tags {@code t-000000}, {@code t-000001}, … one second apart, each with a digest of its
   * own; a second call goes on where the first ended. A tag of such a name that is already there stays as
   * it is. A generated tag costs no memory until it is deleted or pushed again.
   *
   * @param image namespace and name, such as {@code shop/app}; the name may contain slashes
   * @param count how many, at most 1,000,000 in one image
   * @throws IllegalStateException when the image is being deleted
   */
  @Override
  public void addTags(String image, int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count: " + count);
    }
    String[] path = path(image);
    registry.addTags(path[0], path[1], count);
  }

  /**
   * Sets the size that an image reports while it has tags; 5 MiB otherwise.
   *
   * @param image namespace and name, such as {@code shop/app}; the name may contain slashes
   * @param bytes the size in bytes
   */
  public void setImageSize(String image, long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes: " + bytes);
    }
    String[] path = path(image);
    registry.setImageSize(path[0], path[1], bytes);
  }

  /**
   * The tags that are there and not being deleted; asking does not count as a read.
   *
   * @param image namespace and name, such as {@code shop/app}; the name may contain slashes
   * @return names, oldest first; empty when there is no such image
   */
  @Override
  public List<String> tagNames(String image) {
    String[] path = path(image);
    return registry.tagNames(path[0], path[1]);
  }

  /**
   * Sets how long deletions last from now on; one read otherwise.
   *
   * @param reads how many requests that show a deleted thing still answer {@code deleting}; 0 makes
   *     it go at once
   */
  public void setDeletionReads(int reads) {
    if (reads < 0) {
      throw new IllegalArgumentException("reads: " + reads);
    }
    registry.setDeletionReads(reads);
  }

  @Override
  void resetService() {
    registry.reset();
  }

  /** The namespace, and the rest. */
  private static String[] path(String image) {
    int slash = image.indexOf('/');
    if (slash < 1 || slash == image.length() - 1) {
      throw new IllegalArgumentException("not a namespace and a name: " + image);
    }
    return new String[] {image.substring(0, slash), image.substring(slash + 1)};
  }

  private static Instant required(@Nullable Instant instant, String what) {
    if (instant == null) {
      throw new IllegalArgumentException("every tag has a date here: " + what);
    }
    return instant;
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
