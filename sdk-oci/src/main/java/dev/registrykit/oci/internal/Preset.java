package dev.registrykit.oci.internal;

import dev.registrykit.Feature;
import dev.registrykit.oci.OciPreset;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of known registries. Immutable.
 *
 * @param name what callers call it
 * @param hosts what stands for it in references
 * @param hostPattern hosts that are made up for each customer or region; null for none
 * @param apiHost where it really is; null if that is the host of the reference
 * @param user the user that goes with its tokens; null if callers have names
 * @param maxPageSize the most items it puts on a page
 * @param placeholder whether placeholders are used unless a caller says otherwise
 * @param looksFirst whether a tag must be known to be there before its deletion is asked for
 * @param surelyDeletes whether it is known to delete tags, so that nothing has to be tried
 * @param readsByTag whether nobody counts who reads a manifest, so that each tag may be read in place of asked for
 *     its digest
 * @param missing what it cannot do, with what to do instead
 * @param whoMayDelete how a 403 is explained; null where nothing is known
 */
public record Preset(
    OciPreset name,
    Set<String> hosts,
    @Nullable Pattern hostPattern,
    @Nullable String apiHost,
    @Nullable String user,
    int maxPageSize,
    boolean placeholder,
    boolean looksFirst,
    boolean surelyDeletes,
    boolean readsByTag,
    Map<Feature, String> missing,
    @Nullable WhoMayDelete whoMayDelete) {

  /** The permissions that deletions need. */
  public record WhoMayDelete(String tag, String image) {}

  /** The most that any registry is known to take; where less is taken, it is asked without. */
  private static final int LARGEST_PAGE = 1_000;

  private static final Set<Feature> FEATURES = EnumSet.of(
      Feature.LIST_IMAGES,
      Feature.TAG_DIGEST,
      Feature.TAG_CREATED_AT,
      Feature.TAG_SIZE,
      Feature.ORDER_BY_NAME,
      Feature.ORDER_BY_CREATED,
      Feature.ORDER_BY_CHANGED,
      Feature.DELETE_TAG,
      Feature.DELETE_IMAGE,
      Feature.FORCE_DELETE,
      Feature.DELETE_ONLY_IF_DIGEST);

  private static final Set<Feature> DELETIONS = EnumSet.of(
      Feature.DELETE_TAG,
      Feature.DELETE_IMAGE,
      Feature.FORCE_DELETE,
      Feature.DELETE_ONLY_IF_DIGEST);

  private static final String NO_CATALOGUE = "; it has no public catalogue";

  private static final Map<OciPreset, Preset> TABLE = table();

  private static Map<OciPreset, Preset> table() {
    Map<OciPreset, Preset> table = new EnumMap<>(OciPreset.class);
    for (Row row : List.of(
        row(OciPreset.GENERIC).readsByTag(),
        row(OciPreset.DOCKER_HUB)
            .hosts(
                "docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com")
            .apiHost("registry-1.docker.io")
            .maxPageSize(100)
            .withoutPlaceholder()
            .without(Feature.LIST_IMAGES, NO_CATALOGUE)
            .withoutDeletions("; use Docker Hub's own API on hub.docker.com"),
        row(OciPreset.GHCR)
            .hosts("ghcr.io")
            .withoutPlaceholder()
            .without(Feature.LIST_IMAGES, "; use sdk-github")
            .withoutDeletions("; use sdk-github"),
        row(OciPreset.QUAY).hosts("quay.io").maxPageSize(100).looksFirst().surelyDeletes(),
        row(OciPreset.GITLAB).hosts("registry.gitlab.com").maxPageSize(100),
        row(OciPreset.HARBOR),
        row(OciPreset.ECR)
            .hostsLike("[0-9]{12}\\.dkr\\.ecr(?:-fips)?\\.[a-z0-9-]+\\.amazonaws\\.com(?:\\.cn)?")
            .user("AWS"),
        row(OciPreset.ACR)
            .hostsLike("[a-z0-9]+(?:-[a-z0-9]+)*\\.azurecr\\.(?:io|cn|us)")
            .user("00000000-0000-0000-0000-000000000000"),
        row(OciPreset.ARTIFACT_REGISTRY)
            .hostsLike("[a-z0-9-]+-docker\\.pkg\\.dev|(?:[a-z]+\\.)?gcr\\.io")
            .user("oauth2accesstoken")
            .surelyDeletes()
            .without(Feature.LIST_IMAGES, "; use the Artifact Registry API"),
        row(OciPreset.SCALEWAY)
            .hostsLike("rg\\.[a-z]{2}-[a-z]{3,7}\\.scw\\.cloud")
            .user("nologin")
            .withoutPlaceholder()
            .without(Feature.LIST_IMAGES, "; use sdk-scaleway")
            .withoutDeletions("; use sdk-scaleway"),
        row(OciPreset.BLAXEL)
            .hostsLike("(?:us|eu)\\.registry\\.blaxel\\.(?:ai|dev)")
            .withoutPlaceholder()
            .without(Feature.LIST_IMAGES, "; use sdk-blaxel")
            .withoutDeletions("; use sdk-blaxel"),
        row(OciPreset.BITBUCKET)
            .hosts("crg.apkg.io")
            .maxPageSize(100)
            .withoutPlaceholder()
            .whoMayDelete(
                "on Bitbucket, deleting a tag needs write permission for the repository, and an API"
                    + " token with the scope write:package:bitbucket",
                "on Bitbucket, deleting an image needs admin permission for the repository, and an"
                    + " API token with the scope write:package:bitbucket"))) {
      table.put(row.name, row.toPreset());
    }
    return table;
  }

  static Preset of(OciPreset name) {
    return Objects.requireNonNull(TABLE.get(name), "every preset has a row");
  }

  /** Returns the preset of the host, in any case and without a port. */
  static Preset ofHost(String host) {
    String lowerCase = host.toLowerCase(Locale.ROOT);
    return TABLE.values().stream()
        .filter(preset -> preset.hosts.contains(lowerCase)
            || (preset.hostPattern != null
                && preset.hostPattern.matcher(lowerCase).matches()))
        .findFirst()
        .orElseGet(() -> of(OciPreset.GENERIC));
  }

  Set<Feature> features() {
    Set<Feature> features = EnumSet.copyOf(FEATURES);
    features.removeAll(missing.keySet());
    return features;
  }

  /**
   * Returns what it may be able to do: the catalogue is no part of the specification, and deletion may be
   * disabled, or need a placeholder.
   */
  Set<Feature> uncertainFeatures() {
    Set<Feature> uncertain = EnumSet.of(Feature.LIST_IMAGES);
    if (!surelyDeletes) {
      uncertain.addAll(Set.of(Feature.DELETE_TAG, Feature.DELETE_IMAGE));
    }
    uncertain.removeAll(missing.keySet());
    return uncertain;
  }

  String adviceWithout(Feature feature) {
    return missing.getOrDefault(feature, "");
  }

  /** Returns the only host that it has, if it has one. */
  Optional<String> onlyHost() {
    return apiHost != null
        ? Optional.of(apiHost)
        : hosts.stream().findFirst().filter(host -> hosts.size() == 1);
  }

  /** Returns the full name: on Docker Hub, official images have a short one. */
  String canonicalPath(String path) {
    boolean isShort = name == OciPreset.DOCKER_HUB && path.indexOf('/') < 0;
    return isShort ? "library/" + path : path;
  }

  private static Row row(OciPreset name) {
    return new Row(name);
  }

  /** A row on its way into the table. */
  private static final class Row {

    private final OciPreset name;
    private Set<String> hosts = Set.of();
    private @Nullable Pattern hostPattern;
    private @Nullable String apiHost;
    private @Nullable String user;
    private int maxPageSize = LARGEST_PAGE;
    private boolean placeholder = true;
    private boolean looksFirst;
    private boolean surelyDeletes;
    private boolean readsByTag;
    private final Map<Feature, String> missing = new EnumMap<>(Feature.class);
    private @Nullable WhoMayDelete whoMayDelete;

    Row(OciPreset name) {
      this.name = name;
    }

    Row hosts(String... hosts) {
      this.hosts = Set.of(hosts);
      return this;
    }

    Row hostsLike(String pattern) {
      this.hostPattern = Pattern.compile(pattern);
      return this;
    }

    Row apiHost(String apiHost) {
      this.apiHost = apiHost;
      return this;
    }

    Row user(String user) {
      this.user = user;
      return this;
    }

    Row maxPageSize(int maxPageSize) {
      this.maxPageSize = maxPageSize;
      return this;
    }

    Row withoutPlaceholder() {
      this.placeholder = false;
      return this;
    }

    /** A token that lets push makes a missing repository on Quay, and one that lets delete may need it. */
    Row readsByTag() {
      this.readsByTag = true;
      return this;
    }

    Row looksFirst() {
      this.looksFirst = true;
      return this;
    }

    Row surelyDeletes() {
      this.surelyDeletes = true;
      return this;
    }

    Row without(Feature feature, String instead) {
      missing.put(feature, instead);
      return this;
    }

    Row withoutDeletions(String instead) {
      DELETIONS.forEach(feature -> without(feature, instead));
      return this;
    }

    Row whoMayDelete(String tag, String image) {
      this.whoMayDelete = new WhoMayDelete(tag, image);
      return this;
    }

    Preset toPreset() {
      return new Preset(
          name,
          hosts,
          hostPattern,
          apiHost,
          user,
          maxPageSize,
          placeholder,
          looksFirst,
          surelyDeletes,
          readsByTag,
          Map.copyOf(missing),
          whoMayDelete);
    }
  }
}
