package dev.registrykit.testkit;

import dev.registrykit.testkit.internal.oci.EmulatedOciRegistry;
import dev.registrykit.testkit.internal.oci.access.AccessRules;
import dev.registrykit.testkit.internal.oci.access.AccessRules.Mode;
import dev.registrykit.testkit.internal.oci.wire.Grammar;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An OCI registry on a free port of 127.0.0.1, with state, and with its token server at {@link
 * #tokenUrl()}.
 *
 * <pre>{@code
 * try (OciEmulator emulator = OciEmulator.start();
 *     Registry registry = Registries.open(emulator.uri(), emulator.environment(), HttpOptions.defaults())) {
 *   emulator.addTag("shop/web", "1.2");
 *   registry.deleteTag(ImageRef.of("shop/web"), "1.2");
 * }
 * }</pre>
 *
 * <p>It serves {@code /v2/}, tag lists, the catalogue, manifests, blobs, uploads (POST, PATCH and
 * PUT, cross-repository mounts, and the single POST where the registry has it) and referrers.
 * Manifests and blobs are kept and sent byte for byte and named by their digest. What differs between
 * registries is a row of {@link OciPersonality}, which can be changed while the emulator runs: the
 * content stays.
 *
 * <p><b>As recorded from docker-registry 2.8.2 and distribution 3.0:</b> statuses, headers and
 * bodies of all reads, pushes and deletions; how lists are ordered and cut; 404 for a type that the
 * request does not accept; a Docker list becoming its linux/amd64 child, or a manifest of schema 1
 * whose digest is that of its text without signatures; 304 for {@code If-None-Match}; conditions on
 * PUT ignored; 301 for paths that are not clean; 404 in plain text for unknown routes and bad names;
 * 500 for malformed digests; the challenges of Basic and Bearer.
 *
 * <p><b>Synthetic:</b> the arbitrary order of 2.8.2's tag lists (it differs from the real one, and is
 * the same in every run); the signatures of schema 1; the detail of {@code MANIFEST_INVALID}, which is
 * always the recorded one; the token server; everything {@link OciPersonality} marks so; and what the
 * {@code set…} methods bring about, since those are faults.
 *
 * <p>The methods that push and change content act at once, whatever the personality, and are not
 * requests. Speaks HTTP/1.1 only, never compresses. Thread-safe.
 *
 * @since 0.1.0
 */
public final class OciEmulator extends Emulator {
  private static final Instant CREATED_AT = Instant.parse("2024-01-15T08:00:00Z");

  private final EmulatedOciRegistry registry;
  private final OciFaults faults;
  private volatile Map<String, String> environment = Map.of();
  private volatile OciPersonality personality;
  private final OciPersonality first;

  private OciEmulator(OciPersonality first, EmulatedOciRegistry registry) {
    super(registry);
    this.registry = registry;
    this.faults = new OciFaults(registry);
    this.first = first;
    this.personality = first;
  }

  /**
   * Starts an empty emulator of docker-registry 2.8.2, the most demanding one; close it to free its
   * port and threads.
   *
   * @return a running emulator
   */
  public static OciEmulator start() {
    return start(OciPersonality.DISTRIBUTION_2);
  }

  /**
   * Starts an empty emulator; close it to free its port and threads.
   *
   * @param personality what it is now and after each {@link #reset()}
   * @return a running emulator
   */
  public static OciEmulator start(OciPersonality personality) {
    return new OciEmulator(personality, new EmulatedOciRegistry(personality.behaviour()));
  }

  // What it is

  /**
   * Turns the registry into another one; content, switches and users stay.
   *
   * @param personality what it is from the next request on
   */
  public void personality(OciPersonality personality) {
    registry.become(personality.behaviour());
    this.personality = personality;
  }

  /**
   * What the registry is.
   *
   * @return the personality last given
   */
  public OciPersonality personality() {
    return personality;
  }

  /**
   * How it deviates from its personality.
   *
   * @return the same one always
   */
  public OciFaults faults() {
    return faults;
  }

  /**
   * {@inheritDoc}
   *
   * @return {@code oci://127.0.0.1:port?plain-http=true}
   */
  @Override
  public URI uri() {
    return URI.create("oci://" + baseUrl().getAuthority() + "?plain-http=true");
  }

  /**
   * {@inheritDoc}
   *
   * @return {@code OCI_USERNAME} and {@code OCI_PASSWORD} of {@link #requireBasic} or {@link
   *     #requireBearer}
   */
  @Override
  public Map<String, String> environment() {
    return environment;
  }

  // Content

  /**
   * Pushes an image of the OCI type, of one layer and a config with its creation, which is
   * 2024-01-15T08:00:00Z unless the content has dates. The same content and creation give the same
   * digest, in every repository and every run. Content of a digest moves the tag to it.
   *
   * @throws IllegalArgumentException when the repository has no manifest of that digest
   */
  @Override
  public AddedTag addTag(String repository, String tag, TagContent content) {
    String known = content.digest().orElse(null);
    if (known != null) {
      registry.moveTag(name(repository), tag(tag), known);
      return AddedTag.of(null, known);
    }
    Instant createdAt =
        content.dates().orElse(new TagContent.Dates(CREATED_AT, null)).createdAt();
    return AddedTag.of(
        null, registry.pushImage(name(repository), tag(tag), content.text(), createdAt, Map.of()));
  }

  /**
   * Pushes an image of the OCI type with annotations, such as {@code
   * org.opencontainers.image.created}.
   *
   * @param repository the repository's name
   * @param tag the tag; one of that name is moved
   * @param content what the image consists of
   * @param createdAt the config's {@code created}; null for a config without it
   * @param annotations of the manifest, which they change the digest of
   * @return the manifest's digest
   */
  public String pushImage(
      String repository,
      String tag,
      String content,
      @Nullable Instant createdAt,
      Map<String, String> annotations) {
    return registry.pushImage(
        name(repository), tag(tag), text(content), createdAt, Map.copyOf(annotations));
  }

  /**
   * Pushes an image of the OCI type by digest only, such as a child for {@link #pushIndex}.
   *
   * @param repository the repository's name
   * @param content what the image consists of
   * @param createdAt the config's {@code created}; null for a config without it
   * @return the manifest's digest
   */
  public String pushUntaggedImage(String repository, String content, @Nullable Instant createdAt) {
    return registry.pushImage(name(repository), null, text(content), createdAt, Map.of());
  }

  /**
   * Pushes an OCI index of manifests that are there, for linux on amd64, arm64, ppc64le, s390x,
   * riscv64 and 386 in this order.
   *
   * @param repository the repository's name
   * @param tag the tag; one of that name is moved
   * @param children digests
   * @return the index's digest
   * @throws IllegalArgumentException when a child is not there
   */
  public String pushIndex(String repository, String tag, String... children) {
    return registry.pushIndex(name(repository), tag(tag), List.of(children));
  }

  /**
   * Pushes an image of the Docker type, otherwise as {@link #pushImage} does.
   *
   * @param repository the repository's name
   * @param tag the tag; null for an image by digest only
   * @param content what the image consists of
   * @param createdAt the config's {@code created}; null for a config without it
   * @return the manifest's digest
   */
  public String pushDockerImage(
      String repository, @Nullable String tag, String content, @Nullable Instant createdAt) {
    return registry.pushDockerImage(
        name(repository), tag == null ? null : tag(tag), text(content), createdAt);
  }

  /**
   * Pushes a Docker manifest list, otherwise as {@link #pushIndex} does.
   *
   * @param repository the repository's name
   * @param tag the tag; one of that name is moved
   * @param children digests
   * @return the list's digest
   * @throws IllegalArgumentException when a child is not there
   */
  public String pushDockerList(String repository, String tag, String... children) {
    return registry.pushDockerList(name(repository), tag(tag), List.of(children));
  }

  /**
   * Puts a manifest in, unchecked. What it refers to then counts as there when a manifest is pushed,
   * although it cannot be read.
   *
   * @param repository the repository's name
   * @param tag the tag; null for a manifest by digest only
   * @param mediaType the Content-Type it is sent with
   * @param bytes the exact bytes
   * @return its digest
   */
  public String putManifest(
      String repository, @Nullable String tag, String mediaType, byte[] bytes) {
    return registry.putManifest(
        name(repository), tag == null ? null : tag(tag), text(mediaType), bytes.clone());
  }

  /**
   * Puts a blob in.
   *
   * @param repository the repository's name
   * @param bytes the exact bytes
   * @return its digest
   */
  public String putBlob(String repository, byte[] bytes) {
    return registry.putBlob(name(repository), bytes.clone());
  }

  /**
   * Adds tags {@code t-000000}, {@code t-000001}, … of one image; a second call goes on where the
   * first ended. They cost no memory until they are moved; but a registry that lists whole, or in
   * another order than by name, makes a list of all of them for every answer.
   *
   * @param repository the repository's name
   * @param count how many, at most 1,000,000 in one repository
   */
  @Override
  public void addTags(String repository, int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count: " + count);
    }
    registry.addTags(name(repository), count);
  }

  /**
   * Points a tag at a manifest, as if somebody had pushed it again.
   *
   * @param repository the repository's name
   * @param tag the tag, new or not
   * @param digest of a manifest that is there
   * @throws IllegalArgumentException when it is not there
   */
  public void moveTag(String repository, String tag, String digest) {
    registry.moveTag(name(repository), tag(tag), text(digest));
  }

  /**
   * Takes a tag away and leaves its manifest; nothing happens when there is no such tag.
   *
   * @param repository the repository's name
   * @param tag the tag
   * @throws IllegalArgumentException when there is no such repository
   */
  public void removeTag(String repository, String tag) {
    registry.removeTag(name(repository), tag(tag));
  }

  /**
   * Makes a tag immutable, there or not; nothing refuses that after a change to a personality
   * without immutable tags.
   *
   * @param repository the repository's name
   * @param tag the tag
   * @throws IllegalStateException unless the registry is Harbor or Quay
   */
  public void setImmutable(String repository, String tag) {
    registry.setImmutable(name(repository), tag(tag));
  }

  /**
   * The repositories that anything was ever pushed to.
   *
   * @return names, sorted
   */
  public List<String> repositories() {
    return registry.repositories();
  }

  /**
   * The tags of a repository; asking does not count as a read.
   *
   * @param repository the repository's name
   * @return names, sorted; empty when there is no such repository
   */
  @Override
  public List<String> tagNames(String repository) {
    return registry.tagNames(name(repository));
  }

  /**
   * The tags of a repository and what they point at.
   *
   * @param repository the repository's name
   * @return digests by tag, sorted by tag
   */
  public Map<String, String> tags(String repository) {
    return registry.tags(name(repository));
  }

  /**
   * The manifests of a repository.
   *
   * @param repository the repository's name
   * @return digests in the order of their first push
   */
  public List<String> manifests(String repository) {
    return registry.manifests(name(repository));
  }

  /**
   * The blobs of a repository.
   *
   * @param repository the repository's name
   * @return digests in the order of their first push
   */
  public List<String> blobs(String repository) {
    return registry.blobs(name(repository));
  }

  /**
   * The bytes of a manifest.
   *
   * @param repository the repository's name
   * @param reference a tag or a digest
   * @return a copy
   * @throws IllegalArgumentException when it is not there
   */
  public byte[] manifestBytes(String repository, String reference) {
    return registry
        .manifestBytes(name(repository), text(reference))
        .orElseThrow(
            () -> new IllegalArgumentException("no manifest " + reference + " in " + repository));
  }

  // How long deletions take

  /**
   * Sets how many reads a deletion that was answered with 202 still waits for; none otherwise. A
   * read is a GET or HEAD of a manifest, or a list of tags, in the same repository; the last of them
   * still shows what is deleted. A tag that is moved in the meantime stays.
   *
   * @param reads 0 to delete at once
   */
  public void setDeletionReads(int reads) {
    if (reads < 0) {
      throw new IllegalArgumentException("reads: " + reads);
    }
    registry.change(switches -> switches.deletionReads = reads);
  }

  // Who is let in

  /** Lets everybody in, as at the start. */
  public void allowAnybody() {
    environment = Map.of();
    registry.guard(rules -> rules.mode = Mode.ANYBODY);
  }

  /**
   * Asks for Basic credentials with every request.
   *
   * @param user the only user
   * @param password the user's password
   */
  public void requireBasic(String user, String password) {
    guard(Mode.BASIC, user, password);
  }

  /**
   * Asks for a Bearer token with every request, one for its {@linkplain #setService service} that grants what the
   * request needs: {@code pull}; {@code pull,push} to push; {@code delete} to delete, or {@code
   * pull,push} on Quay; {@code registry:catalog:*} for the catalogue. Tokens of another emulator are
   * as good, so that one can be the token server of the other: see {@link OciFaults#setRealm}.
   *
   * @param user the only user of the token server
   * @param password the user's password
   */
  public void requireBearer(String user, String password) {
    guard(Mode.BEARER, user, password);
  }

  /**
   * Accepts a token for everything, besides those of the token server; asks for tokens only after
   * {@link #requireBearer}.
   *
   * @param token any text
   */
  public void acceptToken(String token) {
    Objects.requireNonNull(token, "token");
    registry.guard(rules -> rules.staticTokens.add(token));
  }

  /**
   * Where this emulator's token server is, which works whether or not tokens are asked for.
   *
   * @return the realm of the challenge, unless {@link OciFaults#setRealm} changed it
   */
  public URI tokenUrl() {
    return baseUrl().resolve(EmulatedOciRegistry.TOKEN_PATH);
  }

  /**
   * Sets the service that tokens must be for; {@code registrykit-emulator} otherwise.
   *
   * @param service the parameter {@code service} of the challenges
   */
  public void setService(String service) {
    Objects.requireNonNull(service, "service");
    registry.guard(rules -> rules.service = service);
  }

  /**
   * Sets what the token server grants to those who do not say who they are; otherwise it answers 401
   * to them.
   *
   * @param actions for example {@code pull}; what else is asked for is left out of the token
   */
  public void setAnonymousActions(String... actions) {
    Set<String> granted = Set.of(actions);
    registry.guard(rules -> rules.anonymousActions = granted);
  }

  /**
   * Sets what the token server grants to the user; otherwise everything.
   *
   * @param actions for example {@code pull}; what else is asked for is left out of the token
   */
  public void setGrantedActions(String... actions) {
    Set<String> granted = Set.of(actions);
    registry.guard(rules -> rules.grantedActions = granted);
  }

  /**
   * Sets how long tokens issued from now on are good; five minutes otherwise.
   *
   * @param lifetime {@code expires_in}, sent in whole seconds
   */
  public void setTokenLifetime(Duration lifetime) {
    Objects.requireNonNull(lifetime, "lifetime");
    registry.guard(rules -> rules.tokenLifetime = lifetime);
  }

  /**
   * Sets the clock by which tokens are issued and expire; the system's otherwise.
   *
   * @param clock asked for every token and every request that carries one
   */
  public void setClock(Clock clock) {
    Objects.requireNonNull(clock, "clock");
    registry.guard(rules -> rules.clock = clock);
  }

  /**
   * The only refresh token that the token server takes, and the one it issues.
   *
   * @return any text
   */
  public String refreshToken() {
    return AccessRules.REFRESH_TOKEN;
  }

  /**
   * How many requests the token server has got since the start or {@link #reset()}; they are among
   * {@link #requests()} too.
   *
   * @return refused ones included, spoiled ones not
   */
  public long tokenRequestCount() {
    return registry.tokenRequests();
  }

  @Override
  void resetService() {
    registry.reset();
    personality = first;
    environment = Map.of();
  }

  private void guard(Mode mode, String user, String password) {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    environment = Map.of("OCI_USERNAME", user, "OCI_PASSWORD", password);
    registry.guard(rules -> {
      rules.mode = mode;
      rules.user = user;
      rules.password = password;
    });
  }

  private static String name(String repository) {
    if (!Grammar.isName(repository)) {
      throw new IllegalArgumentException("not a repository name: " + repository);
    }
    return repository;
  }

  private static String tag(String tag) {
    if (!Grammar.isTag(tag)) {
      throw new IllegalArgumentException("not a tag: " + tag);
    }
    return tag;
  }

  private static String text(String text) {
    return Objects.requireNonNull(text);
  }
}
