package dev.registrykit.testkit;

import dev.registrykit.testkit.internal.ApiAnswer.Header;
import dev.registrykit.testkit.internal.oci.AccessRules;
import dev.registrykit.testkit.internal.oci.AccessRules.Mode;
import dev.registrykit.testkit.internal.oci.Digests;
import dev.registrykit.testkit.internal.oci.EmptiedTags;
import dev.registrykit.testkit.internal.oci.EmulatedOciRegistry;
import dev.registrykit.testkit.internal.oci.Grammar;
import dev.registrykit.testkit.internal.oci.Switches;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An OCI registry on a free port of 127.0.0.1, with state, and with its token server at {@link
 * #tokenUrl()}.
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
 */
public final class OciEmulator extends Emulator {
  private final EmulatedOciRegistry registry;
  private volatile OciPersonality personality;
  private final OciPersonality first;

  /** How a repository that has lost its last tag lists its tags. */
  public enum Emptied {
    /** {@code "tags":null}, as docker-registry 2.8.2 does. */
    NULL_TAGS(EmptiedTags.NULL),
    /** {@code "tags":[]}, as distribution 3.0 does. */
    NO_TAGS(EmptiedTags.EMPTY_LIST),
    /** 404, as if the repository were not there. */
    NAME_UNKNOWN(EmptiedTags.NAME_UNKNOWN);

    private final EmptiedTags tags;

    Emptied(EmptiedTags tags) {
      this.tags = tags;
    }
  }

  private OciEmulator(OciPersonality first, EmulatedOciRegistry registry) {
    super(registry);
    this.registry = registry;
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

  /**
   * The digest of a text.
   *
   * @param text anything
   * @return {@code sha256:} and the SHA-256 of the text's UTF-8 bytes in lower-case hex
   */
  public static String digestOf(String text) {
    return digestOf(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The digest of bytes.
   *
   * @param bytes anything
   * @return {@code sha256:} and the SHA-256 in lower-case hex
   */
  public static String digestOf(byte[] bytes) {
    return Digests.of(bytes);
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

  // Content

  /**
   * Pushes an image of the OCI type, of one layer and a config with its creation. The same content
   * and creation give the same digest, in every repository and every run.
   *
   * @param repository the repository's name
   * @param tag the tag; one of that name is moved
   * @param content what the image consists of
   * @param createdAt the config's {@code created}; null for a config without it
   * @return the manifest's digest
   */
  public String pushImage(
      String repository, String tag, String content, @Nullable Instant createdAt) {
    return pushImage(repository, tag, content, createdAt, Map.of());
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

  // Lists

  /**
   * Makes pages of tags shorter than asked for, and makes them at all where the registry otherwise
   * sends the whole list.
   *
   * @param size the most tags on a page, at least 1
   */
  public void setMaxPageSize(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("size: " + size);
    }
    registry.change(switches -> switches.maxPageSize = OptionalInt.of(size));
  }

  /**
   * Lists tags in another order, also from page to page.
   *
   * @param order a total order of the names
   */
  public void setTagOrder(Comparator<String> order) {
    Objects.requireNonNull(order, "order");
    registry.change(switches -> switches.tagOrder = order);
  }

  /**
   * Sets how a repository that has lost its last tag lists its tags.
   *
   * @param emptied instead of what the personality does
   */
  public void setEmptied(Emptied emptied) {
    registry.change(switches -> switches.emptied = emptied.tags);
  }

  /**
   * Answers tag lists with bodies of the test's own, joined by {@code Link} with a cursor that says
   * nothing: {@code ?next_page=1}.
   *
   * @param repository the repository's name; need not be there
   * @param pages bodies sent as JSON, not checked; at least one
   */
  public void setTagListPages(String repository, String... pages) {
    List<String> bodies = List.of(pages);
    if (bodies.isEmpty()) {
      throw new IllegalArgumentException("no pages");
    }
    String name = name(repository);
    registry.change(switches -> switches.tagPages.put(name, bodies));
  }

  /**
   * Sends a {@code Link} with every tag list, whatever the page, in place of the right one or none.
   *
   * @param link the header's value, not checked
   */
  public void setTagLink(String link) {
    Objects.requireNonNull(link, "link");
    registry.change(switches -> switches.tagLink = link);
  }

  /**
   * Makes a repository's tag list endless: {@code endless-0}, {@code endless-1}, … in pages of 100
   * or fewer when asked for, each with a link to the next.
   *
   * @param repository the repository's name; need not be there
   */
  public void setEndlessTags(String repository) {
    String name = name(repository);
    registry.change(switches -> switches.endlessTags.add(name));
  }

  /**
   * Sets whether there is a catalogue; 404 in plain text otherwise.
   *
   * @param enabled instead of what the personality has
   */
  public void setCatalogEnabled(boolean enabled) {
    registry.change(switches -> switches.catalog = enabled);
  }

  // Manifests and blobs

  /**
   * Sets whether {@code Docker-Content-Digest} is left out of all answers about manifests, and of
   * reads of blobs.
   *
   * @param omitted whether it is missing
   */
  public void setDigestHeaderOmitted(boolean omitted) {
    registry.change(switches -> switches.digestHeaderOmitted = omitted);
  }

  /**
   * Sends a {@code Docker-Content-Digest} of the test's own with all answers about manifests.
   *
   * @param value the header's value, not checked
   */
  public void setDigestHeader(String value) {
    Objects.requireNonNull(value, "value");
    registry.change(switches -> switches.digestHeader = value);
  }

  /**
   * Sets whether manifests and blobs are read with a space more at their end, so that they do not
   * have their digest, but may still be JSON.
   *
   * @param corrupted whether reads are spoiled
   */
  public void setBytesCorrupted(boolean corrupted) {
    registry.change(switches -> switches.bytesCorrupted = corrupted);
  }

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

  /**
   * Sets whether deleting a manifest by its digest leaves its tags, which go on serving it, as users
   * of Nexus report.
   *
   * @param leaves whether the tags stay
   */
  public void setDigestDeletionLeavesTags(boolean leaves) {
    registry.change(switches -> switches.digestDeletionLeavesTags = leaves);
  }

  /**
   * Has deletions of tagged manifests by digest fail half way, as those of docker-registry 2.8.2 do
   * while other tags of the same repository are pushed: the manifest goes, its tags stay, and the
   * answer is 500. Such a tag is listed and answers 404 until a manifest is put on it; deleting that
   * one takes the tag along. A repetition of the deletion is 404, for the manifest is gone.
   *
   * @param times how many of the next such deletions; 0 for none
   */
  public void failUntagging(int times) {
    if (times < 0) {
      throw new IllegalArgumentException("times: " + times);
    }
    registry.change(switches -> switches.untaggingFailures = times);
  }

  /**
   * Sets whether an index without manifests is refused with 400 {@code MANIFEST_INVALID} when it is
   * pushed.
   *
   * @param refused whether to refuse
   */
  public void setEmptyIndexRefused(boolean refused) {
    registry.change(switches -> switches.emptyIndexRefused = refused);
  }

  /**
   * Sets whether there is an API for referrers; 404 in plain text otherwise.
   *
   * @param enabled instead of what the personality has
   */
  public void setReferrersEnabled(boolean enabled) {
    registry.change(switches -> switches.referrers = enabled);
  }

  /**
   * Sets whether a registry that has referrers keeps quiet about it, by sending no {@code
   * OCI-Subject} when a manifest with a subject is pushed.
   *
   * @param omitted whether the header is missing
   */
  public void setSubjectHeaderOmitted(boolean omitted) {
    registry.change(switches -> switches.subjectHeaderOmitted = omitted);
  }

  /**
   * Redirects GET and HEAD of some paths, after the check of who asks. A redirect given before that
   * matches too goes first.
   *
   * @param pathRegex a regular expression that is searched in the raw path
   * @param status 301, 302, 303, 307 or 308
   * @param target where to; one without a path is completed by the path of the request
   */
  public void setRedirect(String pathRegex, int status, URI target) {
    Objects.requireNonNull(target, "target");
    Pattern path = Pattern.compile(pathRegex);
    registry.change(
        switches -> switches.redirects.add(new Switches.Redirect(path, status, target)));
  }

  /**
   * Sends uploads to another host, in the {@code Location} that begins them. They are not carried on
   * there, even if another emulator listens.
   *
   * @param origin scheme, host and port
   */
  public void setUploadOrigin(URI origin) {
    Objects.requireNonNull(origin, "origin");
    registry.change(switches -> switches.uploadOrigin = origin);
  }

  /**
   * Sends one more header with every answer of the registry, such as {@code Warning} or a rate limit;
   * not with those of the token server and of faults.
   *
   * @param name the header's name; given again, it is sent again
   * @param value the header's value, not checked
   */
  public void addHeader(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    registry.change(switches -> switches.extraHeaders.add(new Header(name, value)));
  }

  // Who is let in

  /** Lets everybody in, as at the start. */
  public void allowAnybody() {
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
   * as good, so that one can be the token server of the other: see {@link #setRealm}.
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
   * @return the realm of the challenge, unless {@link #setRealm} changed it
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
   * Names another realm in the challenges.
   *
   * @param realm a URL for Bearer, any text for Basic; not checked
   */
  public void setRealm(String realm) {
    Objects.requireNonNull(realm, "realm");
    registry.guard(rules -> rules.realm = realm);
  }

  /**
   * Sends other challenges with 401, whatever is asked for.
   *
   * @param challenges values of {@code WWW-Authenticate}, each in a header of its own; none for 401
   *     without a challenge
   */
  public void setChallenges(String... challenges) {
    List<String> lines = List.of(challenges);
    registry.guard(rules -> rules.challenges = lines);
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
   * Sets which fields the token server's answer has; otherwise {@code token}, {@code access_token}
   * (the same), {@code expires_in} and {@code issued_at}. A {@code refresh_token} is added whenever
   * it is asked for.
   *
   * @param fields any of these and {@code refresh_token}
   */
  public void setTokenFields(String... fields) {
    Set<String> names = new LinkedHashSet<>(List.of(fields));
    if (!AccessRules.TOKEN_FIELDS.containsAll(names)) {
      throw new IllegalArgumentException("fields: " + names);
    }
    registry.guard(rules -> rules.tokenFields = names);
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
   * Refuses OAuth2's POST to the token server, which otherwise takes {@code grant_type} {@code
   * password} and {@code refresh_token}.
   *
   * @param status for example 404 or 405
   */
  public void setTokenPostRefused(int status) {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status: " + status);
    }
    registry.guard(rules -> rules.postRefusal = status);
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
  }

  private void guard(Mode mode, String user, String password) {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
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
