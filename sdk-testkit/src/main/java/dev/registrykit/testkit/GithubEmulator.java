package dev.registrykit.testkit;

import dev.registrykit.testkit.internal.github.EmulatedGithub;
import dev.registrykit.testkit.internal.github.Token;
import dev.registrykit.testkit.internal.oci.wire.Grammar;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * GitHub's packages on a free port of 127.0.0.1, with state: the REST API of API version 2026-03-10, and the registry,
 * ghcr.io, on the same content. Paths under {@code /v2/} and {@code /token} are the registry's, all others the API's.
 *
 * <pre>{@code
 * try (GithubEmulator emulator = GithubEmulator.start();
 *     Registry registry = Registries.open(emulator.uri(), emulator.environment(), HttpOptions.defaults())) {
 *   emulator.addTag("octo-org/app", "1.2");
 *   emulator.addTag("octo-org/app", "1.3");
 *   registry.deleteTag(ImageRef.of("octo-org/app"), "1.2");
 * }
 * }</pre>
 *
 * <p>An image is {@code owner/name}. A version is a manifest, with the tags that point to it; what is deleted is kept
 * and can be restored. The registry answers as {@link OciPersonality#GHCR} does: manifests can be read and pushed, and
 * every DELETE is 405.
 *
 * <p><b>As documented by GitHub:</b> paths, parameters, statuses of success, fields, page sizes, headers of the rate
 * limit, and that deleting a version takes all its tags. <b>As reported by its users:</b> the words of 400 for the last
 * tagged version and for more than 5,000 downloads; 404 {@code Package not found.} to who may not delete; what a
 * workflow's token hears; that versions come newest first. <b>Synthetic:</b> the words of missing scopes, how deleted
 * versions are listed, that restoring brings tags back, and which moved tags change {@code updated_at}: none.
 *
 * <p>Speaks HTTP/1.1 only, never compresses. Thread-safe.
 *
 * @since 0.1.0
 */
public final class GithubEmulator extends Emulator {
  private static final String ORGANIZATION = "octo-org";
  private static final String USER = "octo-user";
  private static final String ALL_SCOPES = "delete:packages, read:packages, write:packages";
  private static final Instant CREATED_AT = Instant.parse("2024-01-15T08:00:00Z");

  private final EmulatedGithub github;
  private final GithubFaults faults;

  private GithubEmulator(EmulatedGithub github) {
    super(github);
    this.github = github;
    this.faults = new GithubFaults(github);
  }

  /**
   * The tokens that the emulator lets in, and what each may do.
   *
   * @since 0.1.0
   */
  public enum TokenKind {
    /** A classic one of {@link #user()}, with all scopes; its user is admin of every package. */
    CLASSIC("ghp_emulatedAllScopes", ALL_SCOPES, true, true),
    /** A classic one that may only read. */
    CLASSIC_READ_ONLY("ghp_emulatedReadOnly", "read:packages", false, true),
    /** A classic one with all scopes, whose user is admin of no package. */
    CLASSIC_WITHOUT_ADMIN("ghp_emulatedWithoutAdmin", ALL_SCOPES, true, false),
    /** That of a workflow with the permission to write, whose repository is admin of every package. */
    WORKFLOW("ghs_emulatedWorkflow", "", true, true),
    /** That of a workflow with the permission to write, whose repository is admin of no package. */
    WORKFLOW_WITHOUT_ADMIN("ghs_emulatedWithoutAdmin", "", true, false);

    private final String value;
    private final String scopes;
    private final boolean mayWrite;
    private final boolean isAdmin;

    TokenKind(String value, String scopes, boolean mayWrite, boolean isAdmin) {
      this.value = value;
      this.scopes = scopes;
      this.mayWrite = mayWrite;
      this.isAdmin = isAdmin;
    }

    private Token token() {
      String user = value.startsWith("ghs_") ? "" : USER;
      return new Token(value, user, scopes, mayWrite, mayWrite, isAdmin);
    }
  }

  /**
   * Starts an empty emulator; close it to free its port and threads.
   *
   * @return a running emulator
   */
  public static GithubEmulator start() {
    return new GithubEmulator(new EmulatedGithub(GithubEmulator::fill));
  }

  private static void fill(EmulatedGithub github) {
    github.addAccount(ORGANIZATION, true);
    github.addAccount(USER, false);
    for (TokenKind kind : TokenKind.values()) {
      github.addToken(kind.token());
    }
  }

  /**
   * How it deviates, and what it refuses.
   *
   * @return the same one always
   */
  public GithubFaults faults() {
    return faults;
  }

  /**
   * {@inheritDoc}
   *
   * @return {@code github://octo-org} with the address of the emulator for the API and the registry
   */
  @Override
  public URI uri() {
    return uri(owner());
  }

  /**
   * What opens the images of any owner here, together with {@link #environment()}.
   *
   * @param owner the login
   * @return such as {@link #uri()}
   */
  public URI uri(String owner) {
    return URI.create(
        "github://" + owner + "?base-url=" + baseUrl() + "&registry-url=" + baseUrl());
  }

  /**
   * {@inheritDoc}
   *
   * @return {@code GITHUB_TOKEN}, the {@linkplain TokenKind#CLASSIC one that may do all}
   */
  @Override
  public Map<String, String> environment() {
    return Map.of("GITHUB_TOKEN", token(TokenKind.CLASSIC));
  }

  /**
   * A token.
   *
   * @param kind what it may do
   * @return no real credential
   */
  public String token(TokenKind kind) {
    return kind.value;
  }

  /**
   * An organisation that is there.
   *
   * @return {@code octo-org}
   */
  public String owner() {
    return ORGANIZATION;
  }

  /**
   * The user whose the classic tokens are.
   *
   * @return {@code octo-user}
   */
  public String user() {
    return USER;
  }

  /**
   * Adds an account.
   *
   * @param login in lower case; one that is there becomes the other kind
   * @param isOrganization false for a user
   */
  public void addAccount(String login, boolean isOrganization) {
    github.addAccount(Objects.requireNonNull(login, "login"), isOrganization);
  }

  // Content

  /**
   * Pushes an image of the OCI type, of one layer and a config with its creation, which is 2024-01-15T08:00:00Z
   * unless the content has dates. Those become the dates of the version. The same content and creation give the same
   * digest. Content of a digest moves the tag to it.
   *
   * @throws IllegalArgumentException when the image has no manifest of that digest, or one of two dates is missing
   */
  @Override
  public AddedTag addTag(String image, String tag, TagContent content) {
    TagContent.Dates dates = content.dates().orElse(null);
    String known = content.digest().orElse(null);
    String digest = known != null
        ? moved(image, tag, known)
        : pushImage(
            image, tag, content.text(), dates == null ? CREATED_AT : required(dates.createdAt()));
    if (dates != null) {
      github.date(image, digest, required(dates.createdAt()), required(dates.updatedAt()));
    }
    return AddedTag.of(github.versionId(image, digest) + ":" + tag, digest);
  }

  private String moved(String image, String tag, String digest) {
    moveTag(image, tag, digest);
    return digest;
  }

  private static Instant required(@Nullable Instant date) {
    if (date == null) {
      throw new IllegalArgumentException("every version has two dates here");
    }
    return date;
  }

  /**
   * Pushes an image of the OCI type.
   *
   * @param image the image
   * @param tag the tag; null for an image by digest only, such as a child for {@link #pushIndex}
   * @param content what the image consists of
   * @param createdAt the config's {@code created}; null for a config without it
   * @return the manifest's digest
   */
  public String pushImage(
      String image, @Nullable String tag, String content, @Nullable Instant createdAt) {
    return github.onRegistry(
        registry -> registry.pushImage(path(image), tagOrNull(tag), content, createdAt, Map.of()));
  }

  /**
   * Pushes an OCI index of manifests that are there.
   *
   * @param image the image
   * @param tag the tag; null for an index by digest only
   * @param children digests
   * @return the index's digest
   * @throws IllegalArgumentException when a child is not there
   */
  public String pushIndex(String image, @Nullable String tag, String... children) {
    return github.onRegistry(
        registry -> registry.pushIndex(path(image), tagOrNull(tag), List.of(children)));
  }

  /**
   * Puts a manifest in, unchecked.
   *
   * @param image the image
   * @param tag the tag; null for a manifest by digest only
   * @param mediaType the Content-Type it is sent with
   * @param bytes the exact bytes
   * @return its digest
   */
  public String putManifest(String image, @Nullable String tag, String mediaType, byte[] bytes) {
    return github.onRegistry(
        registry -> registry.putManifest(path(image), tagOrNull(tag), mediaType, bytes.clone()));
  }

  /**
   * {@inheritDoc}
   *
   * <p>All of one manifest, and so on one version.
   */
  @Override
  public void addTags(String image, int count) {
    github.onRegistry(registry -> {
      registry.addTags(path(image), count);
      return true;
    });
  }

  /**
   * Points a tag at a manifest, as if somebody had pushed it again.
   *
   * @param image the image
   * @param tag the tag, new or not
   * @param digest of a manifest that is there
   * @throws IllegalArgumentException when it is not there
   */
  public void moveTag(String image, String tag, String digest) {
    github.onRegistry(registry -> {
      registry.moveTag(path(image), tag(tag), digest);
      return true;
    });
  }

  @Override
  public List<String> tagNames(String image) {
    return github.onRegistry(registry -> registry.tagNames(path(image)));
  }

  /**
   * The tags of an image and what they point at.
   *
   * @param image the image
   * @return digests by tag, sorted by tag
   */
  public Map<String, String> tags(String image) {
    return github.onRegistry(registry -> registry.tags(path(image)));
  }

  /**
   * The manifests of an image, those without tags included.
   *
   * @param image the image
   * @return digests in the order of their first push
   */
  public List<String> manifests(String image) {
    return github.onRegistry(registry -> registry.manifests(path(image)));
  }

  /**
   * The bytes of a manifest.
   *
   * @param image the image
   * @param reference a tag or a digest
   * @return a copy
   * @throws IllegalArgumentException when it is not there
   */
  public byte[] manifestBytes(String image, String reference) {
    return github
        .onRegistry(registry -> registry.manifestBytes(path(image), reference))
        .orElseThrow(
            () -> new IllegalArgumentException("no manifest " + reference + " in " + image));
  }

  /**
   * The identifier of a version.
   *
   * @param image the image
   * @param digest of a manifest that is there
   * @return the number in the API's paths
   * @throws IllegalArgumentException when it is not there
   */
  public long versionId(String image, String digest) {
    return github.versionId(path(image), digest);
  }

  @Override
  void resetService() {
    github.reset();
  }

  private static String path(String image) {
    if (image.indexOf('/') < 1 || !Grammar.isName(image)) {
      throw new IllegalArgumentException("not an owner and a name: " + image);
    }
    return image;
  }

  private static @Nullable String tagOrNull(@Nullable String tag) {
    return tag == null ? null : tag(tag);
  }

  private static String tag(String tag) {
    if (!Grammar.isTag(tag)) {
      throw new IllegalArgumentException("not a tag: " + tag);
    }
    return tag;
  }
}
